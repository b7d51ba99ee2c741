import type { paths } from './generated/openapi.ts';
import type { JsonOf } from './json-of.ts';
import type { ImportKind, ImportResult } from './kinds.ts';

type Imports = paths['/api/v2/history/imports/{import_id}'];
type ImportList = paths['/api/v2/history/imports']['get'];
type ImportErrors = paths['/api/v2/history/imports/{import_id}/errors']['get'];
type RevenueReports = paths['/api/v2/reports/revenue']['get'];

/** The state of an import, with its result once it is completed. */
export type Import = JsonOf<Imports['get']['responses'][200]>;

/** The answer to an import that is accepted, but not completed yet. */
export type Accepted = JsonOf<paths['/api/v2/history/revenue']['post']['responses'][202]>;

/** Which imports to list. */
export type ImportFilters = Omit<NonNullable<ImportList['parameters']['query']>, 'cursor' | 'limit'>;

export type ImportPage = JsonOf<ImportList['responses'][200]>;

/** An import with its counts and totals so far. */
export type ListedImport = ImportPage['imports'][number];

export type ImportErrorPage = JsonOf<ImportErrors['responses'][200]>;

/** A rejected record with the reason; or, if it says `warning`, a record that is not rejected. */
export type ImportError = ImportErrorPage['errors'][number] & { warning?: true };

/** The filters and the dimension of a report. */
export type RevenueReportQuery = NonNullable<RevenueReports['parameters']['query']>;

/** A page of a report. Sums are exact plain decimals. */
export type RevenueReport = JsonOf<RevenueReports['responses'][200]>;

type Contacts = paths['/api/v2/contacts'];

/** The filters of a list of contacts, and which page to return. */
export type ContactQuery = NonNullable<Contacts['get']['parameters']['query']>;

/** A page of contacts. Sums are exact plain decimals. */
export type ContactPage = JsonOf<Contacts['get']['responses'][200]>;

/** The outcome of an import. Totals are exact plain decimals. */
export type ImportOutcome<Kind extends ImportKind> = ImportResult<Kind> & {
  import_id: string;
  /**
   * Whether an earlier request with the same key created the import. It may be one of this call whose answer got lost.
   */
  replayed: boolean;
  /** What else there is to say about the records: numbers of records by the name of the notice. */
  notices: Readonly<Record<string, number>>;
};

export interface CallOptions {
  /** Aborts the call, which then throws a TracklyError with the code `aborted`. */
  signal?: AbortSignal | undefined;
}

export interface ImportOptions extends CallOptions {
  /** The same records count once if they are sent again with the same key. Default: a new key for each call. */
  idempotencyKey?: string;
  /** Whether to do a dry run: the answer is the same, but nothing is saved. */
  dryRun?: boolean;
  /** Whether to save all records or, if one of them is rejected, none. */
  atomic?: boolean;
  /** The name of what is imported, such as a file: up to 200 characters when it is percent-encoded. */
  name?: string | undefined;
  /**
   * Of the records: up to 200 values of 16 bytes, each as 22 characters of base64url. If an earlier import with another
   * name had one of them, the call throws a TracklyError with the code `already_imported`. They need a name.
   */
  fingerprints?: readonly string[] | undefined;
  /** Whether to import the records even if their fingerprints are known. */
  again?: boolean | undefined;
}
