export { createClient, type ClientOptions, type TracklyClient } from './client.ts';
export { TracklyError } from './trackly-error.ts';
export type {
  CallOptions,
  Import,
  ImportError,
  ImportFilters,
  ImportOptions,
  ListedImport,
  RevenueOutcome,
  RevenueRecord,
  RevenueReport,
  RevenueReportQuery,
} from './types.ts';
