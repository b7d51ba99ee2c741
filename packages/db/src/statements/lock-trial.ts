import type { ChunkRef } from '@trackly/contract';

import type { Statements } from '../transaction.ts';

/** A trial. Its chunk has all records of the import that passed the checks. */
export interface Trial {
  isDryRun: boolean;
  isAtomic: boolean;
  /** Whether the API's checks have already rejected a record. */
  hasRejected: boolean;
}

/** Locks an open chunk until the transaction ends; undefined if the chunk is not open. */
export async function lockTrial(tx: Statements, chunk: ChunkRef): Promise<Trial | undefined> {
  const { accountId, importId, chunkIndex } = chunk;
  const [trial] = await tx.$queryRaw<Trial[]>`
    /* lock-trial */
    SELECT
      imports.is_dry_run AS "isDryRun",
      imports.is_atomic AS "isAtomic",
      json_array_length(imports.rejected) > 0 AS "hasRejected"
    FROM import_chunks AS chunk
    JOIN imports ON imports.account_id = chunk.account_id AND imports.id = chunk.import_id
    WHERE chunk.account_id = ${accountId}::bigint
      AND chunk.import_id = ${importId}::uuid
      AND chunk.chunk_index = ${chunkIndex}
      AND chunk.completed_at IS NULL
    FOR UPDATE OF chunk`;
  return trial;
}
