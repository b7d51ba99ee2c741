import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface ChunkProgress {
  chunkIndex: number;
  recordCount: number;
  /** Its place in the queue. */
  priority: number;
  /** Null while it is open. */
  completedAt: Date | null;
  /** Null while it is open. */
  savedRecords: number | null;
  /** Number of unexpected failures to save the chunk. */
  unexpectedFailures: number;
}

/** Reads an import's chunks without their records, open ones first. */
export async function readChunks(
  db: Database,
  { accountId, importId }: ImportRef,
  most: number,
): Promise<ChunkProgress[]> {
  return db.$queryRaw<ChunkProgress[]>`
    /* read-chunks */
    SELECT
      chunk_index AS "chunkIndex",
      record_count AS "recordCount",
      priority,
      completed_at AS "completedAt",
      success_count AS "savedRecords",
      unexpected_failures AS "unexpectedFailures"
    FROM import_chunks
    WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid
    ORDER BY completed_at IS NULL DESC, chunk_index
    LIMIT ${most}`;
}
