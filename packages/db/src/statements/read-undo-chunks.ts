import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface UndoChunkProgress {
  chunkIndex: number;
  recordCount: number;
  /** Its place in the queue. */
  priority: number;
  /** Null while it is open. */
  completedAt: Date | null;
  /** Null while it is open. */
  removedRecords: number | null;
}

/** Reads the chunks of an import's undo, open ones first. */
export async function readUndoChunks(
  db: Database,
  { accountId, importId }: ImportRef,
  most: number,
): Promise<UndoChunkProgress[]> {
  return db.$queryRaw<UndoChunkProgress[]>`
    /* read-undo-chunks */
    SELECT
      chunk_index AS "chunkIndex",
      last_record - first_record + 1 AS "recordCount",
      priority,
      completed_at AS "completedAt",
      removed_count AS "removedRecords"
    FROM undo_chunks
    WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid
    ORDER BY completed_at IS NULL DESC, chunk_index
    LIMIT ${most}`;
}
