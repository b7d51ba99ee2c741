import { kindSpecs, STATEMENT_MS, type ChunkRef } from '@trackly/contract';

import { Prisma } from '../../generated/client.ts';
import type { Statements } from '../../transaction.ts';
import { isStaying, leavingImports } from '../leaving.ts';
import { saveChunk, type SavedChunk } from '../save.ts';
import { accountTurn, takeTurn } from '../take-turn.ts';
import { storedBytes } from './stored-bytes.ts';

/** What the total of a contact can hold. */
const MOST_REVENUE = '99999999999999.9999';

/**
 * Saves one chunk of revenue: inserts its rows, and updates the stats of their contacts.
 *
 * One chunk per account changes contacts at a time. Chunks of a thousand records nearly always share contacts, so row
 * locks would make them wait for each other, too, at a higher cost. Only records whose contact was updated are saved,
 * so no row refers to a deleted contact.
 */
export async function saveRevenueChunk(
  db: Statements,
  chunk: ChunkRef,
  isTrial = false,
): Promise<SavedChunk | undefined> {
  return saveChunk(db, kindSpecs.revenue, chunk, isTrial, stepsOf(chunk, false));
}

/** Saves a chunk like {@link saveRevenueChunk}, but rejects the records that the totals of their contacts cannot hold. */
export async function saveFittingRevenue(
  tx: Statements,
  chunk: ChunkRef,
  isTrial: boolean,
): Promise<SavedChunk | undefined> {
  // First, so that the next statement sees the totals that former holders of the turn have committed.
  await takeTurn(tx, chunk, STATEMENT_MS);
  return saveChunk(tx, kindSpecs.revenue, chunk, isTrial, stepsOf(chunk, true));
}

function stepsOf({ accountId, importId }: ChunkRef, onlyFitting: boolean): Prisma.Sql {
  return Prisma.sql`
    ${leavingImports(accountId)},

    -- An offer's own id goes before another offer's external id.
    offer AS MATERIALIZED (
      SELECT DISTINCT ON (ref) ref, id
      FROM (
        SELECT public_id AS ref, id, 1 AS precedence
        FROM offers
        WHERE account_id = ${accountId}::bigint AND public_id IN (SELECT offer_id FROM sent)
          AND ${isStaying('offers.import_id')}
        UNION ALL
        SELECT external_id, id, 2
        FROM offers
        WHERE account_id = ${accountId}::bigint AND external_id IN (SELECT offer_id FROM sent)
          AND ${isStaying('offers.import_id')}
      ) AS candidate
      ORDER BY ref, precedence, id
    ),

    resolved AS MATERIALIZED (
      SELECT
        sent.*,
        message.id AS found_message_id,
        offer.id AS found_offer_id,
        message.list_contact_id
      FROM sent
      LEFT JOIN messages AS message
        ON message.account_id = ${accountId}::bigint
        AND message.public_id = sent.message_id
        AND ${isStaying('message.import_id')}
      LEFT JOIN offer ON offer.ref = sent.offer_id
    ),

    ${onlyFitting ? findUnfit(accountId) : Prisma.empty}contact_stats AS MATERIALIZED (
      SELECT list_contact_id, sum(revenue) AS revenue, count(*) AS conversions, max("timestamp") AS last_at
      FROM resolved
      WHERE found_message_id IS NOT NULL AND found_offer_id IS NOT NULL
        ${onlyFitting ? Prisma.sql`AND record_index NOT IN (SELECT record_index FROM unfit)` : Prisma.empty}
      GROUP BY list_contact_id
    ),

    -- Held until the end of the transaction. Taken as late as possible: after all lookups.
    turn AS MATERIALIZED (
      SELECT ${accountTurn(accountId)}
      FROM contact_stats
      HAVING count(*) > 0
    ),

    contact AS (
      UPDATE list_contacts
      SET
        revenue_total = list_contacts.revenue_total + contact_stats.revenue,
        conversion_count = list_contacts.conversion_count + contact_stats.conversions,
        last_revenue_at = greatest(list_contacts.last_revenue_at, contact_stats.last_at)
      FROM contact_stats, turn
      WHERE list_contacts.account_id = ${accountId}::bigint AND list_contacts.id = contact_stats.list_contact_id
      RETURNING list_contacts.id
    ),

    -- NOT IN uses a hash of the updated contacts. A join might not: the planner expects only ten rows from unnest.
    judged AS MATERIALIZED (
      SELECT
        resolved.*,
        CASE
          WHEN resolved.found_message_id IS NULL THEN 'message_not_found'
          WHEN resolved.found_offer_id IS NULL THEN 'offer_not_found'
          ${onlyFitting ? Prisma.sql`WHEN record_index IN (SELECT record_index FROM unfit) THEN 'save_error'` : Prisma.empty}
          WHEN resolved.list_contact_id NOT IN (SELECT id FROM contact) THEN 'contact_not_found'
        END AS error_code,
        false AS is_skipped,
        ${storedBytes('resolved')} AS stored_bytes
      FROM resolved
    ),

    saved_record AS (
      INSERT INTO revenue_records (
        account_id, import_id, record_index, message_id, offer_id, list_contact_id,
        revenue, payout, attribution_type, occurred_at
      )
      SELECT
        ${accountId}::bigint, ${importId}::uuid, record_index, found_message_id, found_offer_id, list_contact_id,
        revenue, payout, attribution_type, "timestamp"
      FROM judged
      WHERE error_code IS NULL
      ORDER BY record_index
    )`;
}

/** Of each contact, the smallest amounts fit first: so as many records as possible are saved. */
function findUnfit(accountId: string): Prisma.Sql {
  return Prisma.sql`unfit AS MATERIALIZED (
      SELECT added.record_index
      FROM (
        SELECT
          record_index, list_contact_id,
          sum(revenue) OVER (PARTITION BY list_contact_id ORDER BY revenue, record_index) AS revenue
        FROM resolved
        WHERE found_message_id IS NOT NULL AND found_offer_id IS NOT NULL
      ) AS added
      JOIN list_contacts AS contact
        ON contact.account_id = ${accountId}::bigint AND contact.id = added.list_contact_id
      WHERE contact.revenue_total + added.revenue > ${MOST_REVENUE}::numeric
    ),

    `;
}
