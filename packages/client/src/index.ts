export { createClient, type ClientOptions, type TracklyClient } from './client.ts';
export type { CallOptions, Import, ImportOptions, RevenueOutcome, RevenueRecord } from './types.ts';
export { TracklyError } from './trackly-error.ts';
