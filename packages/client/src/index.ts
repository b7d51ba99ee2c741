export { createClient, type ClientOptions, type TracklyClient } from './client.ts';
export { TracklyError } from './trackly-error.ts';
export { countFields, countsOf, totalFields, totalsOf, type ImportKind, type ImportRecord } from './kinds.ts';
export type {
  CallOptions,
  Import,
  ImportError,
  ImportFilters,
  ImportOutcome,
  ImportOptions,
  ListedImport,
  ContactPage,
  ContactQuery,
  RevenueReport,
  RevenueReportQuery,
} from './types.ts';
