import type { paths } from './generated/openapi.ts';

type RevenueImports = paths['/api/v2/history/revenue']['post'];
type Imports = paths['/api/v2/history/imports/{import_id}'];
type ImportList = paths['/api/v2/history/imports']['get'];
type ImportErrors = paths['/api/v2/history/imports/{import_id}/errors']['get'];
type RevenueReports = paths['/api/v2/reports/revenue']['get'];

type JsonOf<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : never;

/** A record of revenue, with the fields of the API. Amounts past 15 digits are to be text. */
export type RevenueRecord = JsonOf<NonNullable<RevenueImports['requestBody']>>['records'][number];

/** How far an import is, and what it brought once it is completed. */
export type Import = JsonOf<Imports['get']['responses'][200]>;

/** Which imports to list. */
export type ImportFilters = Omit<NonNullable<ImportList['parameters']['query']>, 'cursor' | 'limit'>;

/** An import, and what it brought so far. */
export type ListedImport = JsonOf<ImportList['responses'][200]>['imports'][number];

/** A record that was not imported, and why. */
export type ImportError = JsonOf<ImportErrors['responses'][200]>['errors'][number];

/** What to add up, and by what. */
export type RevenueReportQuery = NonNullable<RevenueReports['parameters']['query']>;

/** A page of sums. They are plain decimals, exact. */
export type RevenueReport = JsonOf<RevenueReports['responses'][200]>;

/** What an import brought. Sums are plain decimals, exact. */
export type RevenueOutcome = JsonOf<RevenueImports['responses'][200]> & {
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
  /** Rehearses the import: the same answer, and nothing is saved. */
  dryRun?: boolean;
  /** Saves all records or, if one of them fails, none. */
  atomic?: boolean;
}
