import type { paths } from './generated/openapi.ts';
import type { JsonOf } from './json-of.ts';
import type { ImportKind, ImportResult } from './kinds.ts';

type Imports = paths['/api/v2/history/imports/{import_id}'];
type ImportList = paths['/api/v2/history/imports']['get'];
type ImportErrors = paths['/api/v2/history/imports/{import_id}/errors']['get'];
type RevenueReports = paths['/api/v2/reports/revenue']['get'];

/** How far an import is, and what it brought once it is completed. */
export type Import = JsonOf<Imports['get']['responses'][200]>;

/** The answer when an import goes on. */
export type Accepted = JsonOf<paths['/api/v2/history/revenue']['post']['responses'][202]>;

/** Which imports to list. */
export type ImportFilters = Omit<NonNullable<ImportList['parameters']['query']>, 'cursor' | 'limit'>;

export type ImportPage = JsonOf<ImportList['responses'][200]>;

/** An import, and what it brought so far. */
export type ListedImport = ImportPage['imports'][number];

export type ImportErrorPage = JsonOf<ImportErrors['responses'][200]>;

/** A record that was not imported, and why. */
export type ImportError = ImportErrorPage['errors'][number];

/** What to add up, and by what. */
export type RevenueReportQuery = NonNullable<RevenueReports['parameters']['query']>;

/** A page of sums. They are plain decimals, exact. */
export type RevenueReport = JsonOf<RevenueReports['responses'][200]>;

/** What an import brought. Sums are plain decimals, exact. */
export type ImportOutcome<Kind extends ImportKind> = ImportResult<Kind> & {
  import_id: string;
  /** Whether it is the outcome of an earlier request with the same key: one of this call, perhaps, whose answer got lost. */
  replayed: boolean;
};

export interface CallOptions {
  /** Ends the call with a TracklyError whose code is `aborted`. */
  signal?: AbortSignal | undefined;
}

export interface ImportOptions extends CallOptions {
  /** Sent twice with the same key, the same records count once. Default: a new key for each call. */
  idempotencyKey?: string;
  /** A dry run: the same answer, and nothing is saved. */
  dryRun?: boolean;
  /** Saves all records or, if one of them fails, none. */
  atomic?: boolean;
}
