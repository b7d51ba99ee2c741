import type { ChunkRef } from '@trackly/contract';

import type { Database } from '../client.ts';
import { inTransaction, type Statements } from '../transaction.ts';

/** Milliseconds that it may take to look through all rows of an account. */
export const UNDO_TIMEOUT_MS = 60_000;

export interface UndoneChunk {
  /**
   * Whether it was undone now, or had been before; it was left alone when chunks of its import were still open, for what
   * is not saved yet cannot be removed.
   */
  status: 'undone' | 'undone_before' | 'import_open';
  /** Revenue rows that were removed now: of this chunk, and of others that were undone along with it. */
  removedCount: number;
}

/**
 * Removes the revenue rows of a chunk, and takes them out of the stats of their contacts, whatever the number of times it
 * is called for it: what it is that has to be removed is found while no other chunk of the account changes contacts.
 * Sums and counts are exact, so what is removed is subtracted. A latest time that is gone has to be looked for among all
 * rows that the account has left: that is done once for a batch of the account's chunks that are to be undone.
 *
 * @param batchSize chunks that are undone together, at most
 * @returns undefined when there is no such chunk
 */
export async function undoRevenueChunk(
  db: Database,
  chunk: ChunkRef,
  batchSize: number,
): Promise<UndoneChunk | undefined> {
  return inTransaction(db, async (tx) => {
    await takeTurn(tx, chunk);
    return { value: await removeRows(tx, chunk, batchSize), isKept: true };
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

async function removeRows(tx: Statements, chunk: ChunkRef, batchSize: number): Promise<UndoneChunk | undefined> {
  const { accountId, importId, chunkIndex } = chunk;
  const [outcome] = await tx.$queryRaw<UndoneChunk[]>`
    /* undo-revenue-chunk */
    WITH chunk AS MATERIALIZED (
      SELECT import_id, chunk_index, first_record, last_record
      FROM undo_chunks
      WHERE account_id = ${accountId}::bigint
        AND completed_at IS NULL
        AND NOT EXISTS (
          SELECT FROM import_chunks AS open
          WHERE open.account_id = ${accountId}::bigint
            AND open.import_id = undo_chunks.import_id
            AND open.completed_at IS NULL
        )
      ORDER BY (import_id = ${importId}::uuid AND chunk_index = ${chunkIndex}) DESC, priority
      LIMIT ${batchSize}
    ),

    removed AS (
      DELETE FROM revenue_records AS record
      USING chunk
      WHERE record.account_id = ${accountId}::bigint
        AND record.import_id = chunk.import_id
        AND record.record_index BETWEEN chunk.first_record AND chunk.last_record
      RETURNING
        chunk.import_id, chunk.chunk_index, record.list_contact_id, record.revenue, record.occurred_at
    ),

    contact_stats AS MATERIALIZED (
      SELECT list_contact_id, sum(revenue) AS revenue, count(*) AS conversions, max(occurred_at) AS last_at
      FROM removed
      GROUP BY list_contact_id
    ),

    -- Whose latest row is removed, and not the only one.
    stale AS MATERIALIZED (
      SELECT contact.id
      FROM contact_stats
      JOIN list_contacts AS contact
        ON contact.account_id = ${accountId}::bigint AND contact.id = contact_stats.list_contact_id
      WHERE contact.last_revenue_at <= contact_stats.last_at
        AND contact.conversion_count > contact_stats.conversions
    ),

    remaining AS MATERIALIZED (
      SELECT record.list_contact_id, max(record.occurred_at) AS last_at
      FROM revenue_records AS record
      WHERE record.account_id = ${accountId}::bigint
        AND record.list_contact_id IN (SELECT id FROM stale)
        -- Nearly all rows are of other imports: a look into a hash tells so. The rest are compared with each chunk.
        AND (
          record.import_id NOT IN (SELECT import_id FROM chunk)
          OR NOT EXISTS (
            SELECT FROM chunk
            WHERE chunk.import_id = record.import_id
              AND record.record_index BETWEEN chunk.first_record AND chunk.last_record
          )
        )
      GROUP BY record.list_contact_id
    ),

    contact AS (
      UPDATE list_contacts
      SET
        revenue_total = list_contacts.revenue_total - contact_stats.revenue,
        conversion_count = list_contacts.conversion_count - contact_stats.conversions,
        last_revenue_at = CASE
          WHEN list_contacts.last_revenue_at > contact_stats.last_at THEN list_contacts.last_revenue_at
          ELSE remaining.last_at
        END
      FROM contact_stats
      LEFT JOIN remaining ON remaining.list_contact_id = contact_stats.list_contact_id
      WHERE list_contacts.account_id = ${accountId}::bigint AND list_contacts.id = contact_stats.list_contact_id
    ),

    completed AS (
      UPDATE undo_chunks
      SET
        completed_at = clock_timestamp(),
        removed_count = coalesce(total.removed_count, 0),
        removed_revenue = coalesce(total.revenue, 0)
      FROM chunk
      LEFT JOIN (
        SELECT import_id, chunk_index, count(*) AS removed_count, sum(revenue) AS revenue
        FROM removed
        GROUP BY import_id, chunk_index
      ) AS total ON total.import_id = chunk.import_id AND total.chunk_index = chunk.chunk_index
      WHERE undo_chunks.account_id = ${accountId}::bigint
        AND undo_chunks.import_id = chunk.import_id
        AND undo_chunks.chunk_index = chunk.chunk_index
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
      AND wanted.chunk_index = ${chunkIndex}`;
  return outcome;
}
