import type { ChunkRef } from '@trackly/contract';

import type { Database } from '../client.ts';
import { inTransaction, type Statements } from '../transaction.ts';

export interface UndoneChunk {
  /**
   * Whether it was undone now, or had been before; nothing was changed when chunks of the import were still open, for what
   * is not saved yet cannot be removed.
   */
  status: 'undone' | 'undone_before' | 'import_open';
  removedCount: number;
}

/**
 * Removes the revenue rows of one chunk, and takes them out of the stats of their contacts, whatever the number of times
 * it is called for it: what it is that has to be removed is found while no other chunk of the account changes contacts.
 * Sums and counts are exact, so what is removed is subtracted; the latest time is looked up among the rows that are left.
 *
 * @returns undefined when there is no such chunk
 */
export async function undoRevenueChunk(db: Database, chunk: ChunkRef): Promise<UndoneChunk | undefined> {
  return inTransaction(db, async (tx) => {
    await takeTurn(tx, chunk);
    return { value: await removeRows(tx, chunk), isKept: true };
  });
}

/** A statement of its own: the next one sees what those before it in the queue for this lock have committed. */
async function takeTurn(tx: Statements, { accountId }: ChunkRef): Promise<void> {
  await tx.$executeRaw`
    /* take-turn */
    SELECT pg_advisory_xact_lock(hashtextextended('contact-stats', ${accountId}::bigint))`;
}

async function removeRows(tx: Statements, chunk: ChunkRef): Promise<UndoneChunk | undefined> {
  const { accountId, importId, chunkIndex } = chunk;
  const [outcome] = await tx.$queryRaw<UndoneChunk[]>`
    /* undo-revenue-chunk */
    WITH chunk AS MATERIALIZED (
      SELECT
        undo_chunks.*,
        CASE
          WHEN completed_at IS NOT NULL THEN 'undone_before'
          WHEN EXISTS (
            SELECT FROM import_chunks AS open
            WHERE open.account_id = ${accountId}::bigint
              AND open.import_id = ${importId}::uuid
              AND open.completed_at IS NULL
          ) THEN 'import_open'
          ELSE 'undone'
        END AS status
      FROM undo_chunks
      WHERE account_id = ${accountId}::bigint
        AND import_id = ${importId}::uuid
        AND chunk_index = ${chunkIndex}
    ),

    removed AS (
      DELETE FROM revenue_records AS record
      USING chunk
      WHERE chunk.status = 'undone'
        AND record.account_id = ${accountId}::bigint
        AND record.import_id = ${importId}::uuid
        AND record.record_index BETWEEN chunk.first_record AND chunk.last_record
      RETURNING record.list_contact_id, record.revenue, record.occurred_at
    ),

    contact_stats AS MATERIALIZED (
      SELECT list_contact_id, sum(revenue) AS revenue, count(*) AS conversions, max(occurred_at) AS last_at
      FROM removed
      GROUP BY list_contact_id
    ),

    contact AS (
      UPDATE list_contacts
      SET
        revenue_total = list_contacts.revenue_total - contact_stats.revenue,
        conversion_count = list_contacts.conversion_count - contact_stats.conversions,
        last_revenue_at = CASE
          WHEN list_contacts.last_revenue_at > contact_stats.last_at THEN list_contacts.last_revenue_at
          ELSE (
            SELECT remaining.occurred_at
            FROM revenue_records AS remaining
            WHERE remaining.account_id = ${accountId}::bigint
              AND remaining.list_contact_id = list_contacts.id
              AND NOT (
                remaining.import_id = ${importId}::uuid
                AND remaining.record_index BETWEEN chunk.first_record AND chunk.last_record
              )
            ORDER BY remaining.occurred_at DESC
            LIMIT 1
          )
        END
      FROM contact_stats, chunk
      WHERE list_contacts.account_id = ${accountId}::bigint AND list_contacts.id = contact_stats.list_contact_id
    ),

    completed AS (
      UPDATE undo_chunks
      SET
        completed_at = clock_timestamp(),
        removed_count = total.removed_count,
        removed_revenue = total.revenue
      FROM chunk, (SELECT count(*) AS removed_count, coalesce(sum(revenue), 0) AS revenue FROM removed) AS total
      WHERE chunk.status = 'undone'
        AND undo_chunks.account_id = chunk.account_id
        AND undo_chunks.import_id = chunk.import_id
        AND undo_chunks.chunk_index = chunk.chunk_index
      RETURNING undo_chunks.removed_count
    )

    SELECT chunk.status, coalesce(completed.removed_count, chunk.removed_count, 0) AS "removedCount"
    FROM chunk
    LEFT JOIN completed ON true`;
  return outcome;
}
