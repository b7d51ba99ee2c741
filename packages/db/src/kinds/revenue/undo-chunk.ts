import { kindSpecs, type ChunkRef } from '@trackly/contract';

import type { Database } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';
import { undoChunk, type UndoneChunk } from '../undo.ts';
import { storedBytes } from './stored-bytes.ts';

/**
 * Removes the revenue rows of a chunk, and corrects the stats of their contacts. Sums and counts are exact, so removed
 * values are subtracted. If a contact's latest row is removed, its latest time is searched among all remaining rows of
 * the account, once for all chunks that are undone together.
 */
export async function undoRevenueChunk(
  db: Database,
  chunk: ChunkRef,
  batchSize: number,
): Promise<UndoneChunk | undefined> {
  const { accountId } = chunk;
  const steps = Prisma.sql`
    removed AS (
      DELETE FROM revenue_records AS record
      USING chunk
      WHERE record.account_id = ${accountId}::bigint
        AND record.import_id = chunk.import_id
        AND record.record_index BETWEEN chunk.first_record AND chunk.last_record
      RETURNING
        chunk.import_id, chunk.chunk_index, record.list_contact_id, record.revenue, record.occurred_at,
        ${storedBytes('record')} AS stored_bytes
    ),

    contact_stats AS MATERIALIZED (
      SELECT list_contact_id, sum(revenue) AS revenue, count(*) AS conversions, max(occurred_at) AS last_at
      FROM removed
      GROUP BY list_contact_id
    ),

    -- The contacts whose latest row is removed, but which have other rows.
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
        -- A hash lookup accepts nearly all rows: those of other imports. Only the rest are compared with each chunk.
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
    )`;
  return undoChunk(db, kindSpecs.revenue, chunk, batchSize, steps);
}
