export { openDatabase, pingDatabase, type Database, type DatabaseOptions } from './client.ts';
export { assertMigrated, migrate } from './migrations.ts';
export { acceptImport, type AcceptedImport } from './statements/accept-import.ts';
export { countDrift } from './statements/count-drift.ts';
export { findApiKey, type KeyOwner } from './statements/find-api-key.ts';
export { loadMessages, loadOffers, type MessageRow, type OfferRow } from './statements/load-catalog.ts';
export { readImport, type ImportProgress } from './statements/read-import.ts';
export { readOutcomes } from './statements/read-outcomes.ts';
export { saveRevenueChunk, type SavedChunk } from './statements/save-revenue-chunk.ts';
