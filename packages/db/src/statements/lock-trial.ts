import type { ChunkRef } from '@trackly/contract';

import type { Statements } from '../transaction.ts';

/** The chunk of an atomic import or of a dry run: all of its records that passed the checks. */
export interface Trial {
  isDryRun: boolean;
  isAtomic: boolean;
  /** Whether the checks before the queue have refused a record already. */
  hasRejected: boolean;
}

/** Locks a chunk that is open until the transaction ends; undefined when it is not. */
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
