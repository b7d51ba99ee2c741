import type { ChunkRef, KindSpec } from '@trackly/contract';

import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { totalsOf } from '../totals.ts';
import { inTransaction, type Statements } from '../transaction.ts';

/** Milliseconds that it may take to look through all rows of an account. */
export const UNDO_TIMEOUT_MS = 60_000;

export interface UndoneChunk {
  /**
   * Whether it was undone now, or had been before; it was left alone when chunks of its import were still open, for what
   * is not saved yet cannot be removed.
   */
  status: 'undone' | 'undone_before' | 'import_open';
  /** Rows that were removed now: of this chunk, and of others that were undone along with it. */
  removedCount: number;
}

/**
 * Removes the rows of a chunk, whatever the number of times it is called for it: what it is that has to be removed is
 * found while no other chunk of the account changes contacts. Other chunks of the account and the kind that wait to be
 * undone are undone along with it.
 *
 * @param batchSize chunks that are undone together, at most
 * @param steps what the kind does: CTEs. They begin with `chunk` (the import and the range of records of each chunk); one
 * of them, `removed`, has the import, the chunk and what the kind adds up of each row that was removed
 * @returns undefined when there is no such chunk
 */
export async function undoChunk(
  db: Database,
  kind: KindSpec,
  chunk: ChunkRef,
  batchSize: number,
  steps: Prisma.Sql,
): Promise<UndoneChunk | undefined> {
  return inTransaction(db, async (tx) => {
    await takeTurn(tx, chunk);
    return { value: await removeRows(tx, kind, chunk, batchSize, steps), isKept: true };
  });
}

/** A statement of its own: the next one sees what those before it in the queue for this lock have committed. */
async function takeTurn(tx: Statements, { accountId }: ChunkRef): Promise<void> {
  await tx.$executeRaw`
    /* take-turn */
    SELECT
      set_config('statement_timeout', ${String(UNDO_TIMEOUT_MS)}, true),
      pg_advisory_xact_lock(hashtextextended('contact-stats', ${accountId}::bigint))`;
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
