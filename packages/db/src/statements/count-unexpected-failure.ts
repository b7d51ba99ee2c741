import type { ChunkRef } from '@trackly/contract';

import type { Database } from '../client.ts';

/** Counts an unexpected failure to save an open chunk, and returns the number of them. */
export async function countUnexpectedFailure(db: Database, chunk: ChunkRef): Promise<number> {
  const { accountId, importId, chunkIndex } = chunk;
  const [counted] = await db.$queryRaw<{ failures: number }[]>`
    /* count-unexpected-failure */
    UPDATE import_chunks
    SET unexpected_failures = unexpected_failures + 1
    WHERE account_id = ${accountId}::bigint
      AND import_id = ${importId}::uuid
      AND chunk_index = ${chunkIndex}
      AND completed_at IS NULL
    RETURNING unexpected_failures AS failures`;
  return counted?.failures ?? 0;
}
