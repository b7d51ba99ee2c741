import type { ChunkRef, KindSpec } from '@trackly/contract';

import { addUsage } from '../account-usage.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { totalsOf } from '../totals.ts';
import type { Statements } from '../transaction.ts';
import { inUndoTurn } from './take-turn.ts';

/** Timeout of an undo, which may search all rows of an account, in milliseconds. */
export const UNDO_TIMEOUT_MS = 60_000;

export interface UndoneChunk {
  /**
   * Whether the chunk was undone now or before. The others leave it unchanged:
   *
   * - `import_open`: chunks of its import are still open, and records that are not saved yet cannot be removed;
   * - `turn_taken`: others have the account's turn;
   * - `others_open`: transactions are open that may yet refer to rows of the import, which is undone as a whole.
   *
   * `in_use`: others refer to rows of the import, now or when the undo was tried before, so it is not undone.
   */
  status: 'undone' | 'undone_before' | 'import_open' | 'turn_taken' | 'others_open' | 'in_use';
  /** Rows removed now, of this chunk and of others that were undone together with it. */
  removedCount: number;
}

/**
 * Removes the rows of a chunk. Further calls for the same chunk change nothing: the rows to remove are determined while
 * no other chunk of the account changes contacts. Also undoes other chunks of the same account and kind that wait to be
 * undone.
 *
 * @param batchSize maximum number of chunks that are undone together
 * @param steps CTEs with what the kind does. They can read `chunk`: the import and the range of records of each chunk.
 *   One of them must be `removed`: the import, the chunk, the totals' fields and `stored_bytes` of each removed row, as
 *   it was counted when it was saved
 * @returns undefined if there is no such chunk
 */
export async function undoChunk(
  db: Database,
  kind: KindSpec,
  chunk: ChunkRef,
  batchSize: number,
  steps: Prisma.Sql,
): Promise<UndoneChunk | undefined> {
  const undone = await inUndoTurn(db, chunk, UNDO_TIMEOUT_MS, async (tx) => ({
    chunk: await removeRows(tx, kind, chunk, batchSize, steps),
  }));
  return undone ? undone.chunk : { status: 'turn_taken', removedCount: 0 };
}

async function removeRows(
  tx: Statements,
  kind: KindSpec,
  { accountId, importId, chunkIndex }: ChunkRef,
  batchSize: number,
  steps: Prisma.Sql,
): Promise<UndoneChunk | undefined> {
  const [outcome] = await tx.$queryRaw<UndoneChunk[]>(Prisma.sql`
    ${Prisma.raw(`/* undo-${kind.name}-chunk */`)}
    WITH chunk AS MATERIALIZED (
      SELECT undo.import_id, undo.chunk_index, undo.first_record, undo.last_record
      FROM undo_chunks AS undo
      JOIN imports ON imports.account_id = undo.account_id AND imports.id = undo.import_id
      WHERE undo.account_id = ${accountId}::bigint
        AND undo.completed_at IS NULL
        AND imports.kind = ${kind.name}
        AND NOT EXISTS (
          SELECT FROM import_chunks AS open
          WHERE open.account_id = ${accountId}::bigint
            AND open.import_id = undo.import_id
            AND open.completed_at IS NULL
        )
      ORDER BY (undo.import_id = ${importId}::uuid AND undo.chunk_index = ${chunkIndex}) DESC, undo.priority
      LIMIT ${batchSize}
    ),
    ${steps},

    completed AS (
      UPDATE undo_chunks
      SET
        completed_at = clock_timestamp(),
        removed_count = total.removed_count,
        removed_totals = total.totals
      FROM (
        SELECT chunk.import_id, chunk.chunk_index, count(removed.import_id) AS removed_count, ${totalsOf(kind, (column) => `sum(removed.${column})`)} AS totals
        FROM chunk
        LEFT JOIN removed ON removed.import_id = chunk.import_id AND removed.chunk_index = chunk.chunk_index
        GROUP BY chunk.import_id, chunk.chunk_index
      ) AS total
      WHERE undo_chunks.account_id = ${accountId}::bigint
        AND undo_chunks.import_id = total.import_id
        AND undo_chunks.chunk_index = total.chunk_index
      RETURNING undo_chunks.import_id, undo_chunks.chunk_index, undo_chunks.removed_count
    ),

    counted AS (${addUsage(Prisma.sql`
      SELECT ${accountId}::bigint, 0, -coalesce(sum(removed.stored_bytes), 0)
      FROM removed
      -- Last of all, because it needs the row that many wait for.
      WHERE EXISTS (SELECT FROM completed)
      HAVING count(*) > 0`)}
    )

    SELECT
      CASE
        WHEN wanted.completed_at IS NOT NULL THEN 'undone_before'
        WHEN EXISTS (
          SELECT FROM completed
          WHERE completed.import_id = wanted.import_id AND completed.chunk_index = wanted.chunk_index
        ) THEN 'undone'
        ELSE 'import_open'
      END AS status,
      coalesce((SELECT sum(removed_count) FROM completed), 0)::integer AS "removedCount"
    FROM undo_chunks AS wanted
    WHERE wanted.account_id = ${accountId}::bigint
      AND wanted.import_id = ${importId}::uuid
      AND wanted.chunk_index = ${chunkIndex}`);
  return outcome;
}
