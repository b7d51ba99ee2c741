export { openDatabase, type Database, type DatabaseOptions, type PoolUse } from './client.ts';
export { countDrift, countDriftByKind } from './count-drift.ts';
export { DatabaseError, type DatabaseErrorKind } from './database-error.ts';
export type { ImportProgress } from './import-progress.ts';
export { assertMigrated, migrate } from './migrations.ts';
export { describeMissingRights, type MissingRights } from './rights.ts';
export { applyRoles } from './roles.ts';
export { OPEN_CHUNK_BYTES, OPEN_RECORD_BYTES } from './stored-bytes.ts';
export { checkPostgres, type PostgresCheck } from './server-check.ts';
export {
  acceptImport,
  bytesOf,
  type Acceptance,
  type EarlierImport,
  type Idempotency,
  type ImportSource,
  type NewImport,
} from './statements/accept-import.ts';
export { eraseContact, type Erasure } from './erasure/erase.ts';
export { findListContact } from './kinds/contacts/find-list-contact.ts';
export { countContacts, listContacts, type ContactRow } from './kinds/contacts/list-contacts.ts';
export { kinds } from './kinds/index.ts';
export type { Kind } from './kinds/kind.ts';
export { countOffers, findOffer, findSavedOffer, listOffers, type StoredOffer } from './kinds/offers/list-offers.ts';
export { countLists, findList, listLists, type ListRow } from './lists/list-lists.ts';
export { countRecentRecords } from './statements/count-recent-records.ts';
export { countRejections, type RejectionCount } from './statements/count-rejections.ts';
export { countUnexpectedFailure } from './statements/count-unexpected-failure.ts';
export { findApiKey, type KeyOwner } from './statements/find-api-key.ts';
export { findSaveErrors, type SaveError } from './statements/find-save-errors.ts';
export { findImports, type FoundImport } from './statements/find-imports.ts';
export { findMissingRights } from './statements/find-missing-rights.ts';
export { findOpenChunks, type OpenChunk } from './statements/find-open-chunks.ts';
export { rejectRecord } from './statements/reject-record.ts';
export { giveLeaseBack, holdLease, type LeaseClaim } from './statements/hold-lease.ts';
export { listImports } from './statements/list-imports.ts';
export { readBacklog, type AccountBacklog } from './statements/read-backlog.ts';
export { readChunks, type ChunkProgress } from './statements/read-chunks.ts';
export { readImport } from './statements/read-import.ts';
export { readImportErrors } from './statements/read-import-errors.ts';
export { readOpenImports, type OpenImport, type OpenImports } from './statements/read-open-imports.ts';
export { readOutcomes } from './statements/read-outcomes.ts';
export { readUsage, type AccountUsage } from './statements/read-usage.ts';
export { readUndoChunks, type UndoChunkProgress } from './statements/read-undo-chunks.ts';
export {
  readRevenueReport,
  type ReportFilters,
  type ReportRow,
  type ReportSums,
  type RevenueSums,
} from './kinds/revenue/read-report.ts';
export { requestUndo, type UndoChunk, type UndoRequest } from './statements/request-undo.ts';
export { removeOldImports } from './statements/remove-old-imports.ts';
export { stopImport } from './statements/stop-import.ts';
export { saveWhatFits } from './save-what-fits.ts';
export { splitChunk, type SplitChunk } from './statements/split-chunk.ts';
export type { SavedChunk } from './kinds/save.ts';
export { UNDO_TIMEOUT_MS, type UndoneChunk } from './kinds/undo.ts';
export { tryChunk, type TriedChunk } from './try-chunk.ts';
