import type { ChunkRef, RevenueRecordErrorCode } from '@trackly/contract';

import { NO_RECORDS, RECORD_COLUMNS, recordAsJson } from '../record-columns.ts';
import type { Statements } from '../transaction.ts';

export interface SavedChunk {
  /** False when the chunk had been completed before: then nothing was changed. */
  saved: boolean;
  successCount: number;
  errorCount: number;
  /** How many records got which code. */
  errorCodes: Partial<Record<RevenueRecordErrorCode, number>>;
}

const FAILED_RECORD = recordAsJson({
  messageRef: 'message_ref',
  offerRef: 'offer_ref',
  revenue: 'revenue',
  payout: 'payout',
  attributionType: 'attribution_type',
  occurredAt: 'occurred_at',
});

/**
 * Saves one chunk, whatever the number of times it is called for it: in one statement, so all of it or nothing.
 *
 * The row lock on the chunk makes a second delivery wait for the first and then find the chunk completed. Of one account,
 * a single chunk at a time changes contacts: chunks of a thousand records nearly always share some, and would wait for
 * one another all the same, row by row, at a price. Only records whose contact could be changed are saved: no row refers
 * to a contact that is gone.
 *
 * @param isTrial whether it is the chunk of a dry run or of an atomic import: what the statement does may be rolled back
 * @returns undefined when there is no such chunk
 */
export async function saveRevenueChunk(
  db: Statements,
  chunk: ChunkRef,
  isTrial = false,
): Promise<SavedChunk | undefined> {
  const { accountId, importId, chunkIndex } = chunk;
  const [outcome] = await db.$queryRaw<SavedChunk[]>`
    /* save-revenue-chunk */
    WITH chunk AS MATERIALIZED (
      SELECT import_chunks.*, imports.created_at AS accepted_at
      FROM import_chunks
      JOIN imports ON imports.account_id = import_chunks.account_id AND imports.id = import_chunks.import_id
      WHERE import_chunks.account_id = ${accountId}::bigint
        AND import_chunks.import_id = ${importId}::uuid
        AND import_chunks.chunk_index = ${chunkIndex}
        AND (imports.is_dry_run OR imports.is_atomic) = ${isTrial}
      FOR UPDATE OF import_chunks
    ),

    -- A completed chunk holds no records: from here on, nothing happens for it.
    record AS MATERIALIZED (
      SELECT
        record.record_index,
        record.message_ref,
        record.offer_ref,
        record.revenue,
        record.payout,
        coalesce(record.attribution_type, 'sale') AS attribution_type,
        coalesce(record.occurred_at, chunk.accepted_at) AS occurred_at
      FROM chunk, unnest(${RECORD_COLUMNS})
        AS record (record_index, message_ref, offer_ref, revenue, payout, attribution_type, occurred_at)
    ),

    -- An offer's own id goes before another offer's external id.
    offer AS MATERIALIZED (
      SELECT DISTINCT ON (ref) ref, id
      FROM (
        SELECT public_id AS ref, id, 1 AS precedence
        FROM offers
        WHERE account_id = ${accountId}::bigint AND public_id IN (SELECT offer_ref FROM record)
        UNION ALL
        SELECT external_id, id, 2
        FROM offers
        WHERE account_id = ${accountId}::bigint AND external_id IN (SELECT offer_ref FROM record)
      ) AS candidate
      ORDER BY ref, precedence, id
    ),

    resolved AS MATERIALIZED (
      SELECT
        record.record_index,
        record.message_ref,
        record.offer_ref,
        message.id AS message_id,
        offer.id AS offer_id,
        message.list_contact_id,
        record.revenue,
        record.payout,
        record.attribution_type,
        record.occurred_at
      FROM record
      LEFT JOIN messages AS message
        ON message.account_id = ${accountId}::bigint AND message.public_id = record.message_ref
      LEFT JOIN offer ON offer.ref = record.offer_ref
    ),

    contact_stats AS MATERIALIZED (
      SELECT list_contact_id, sum(revenue) AS revenue, count(*) AS conversions, max(occurred_at) AS last_at
      FROM resolved
      WHERE message_id IS NOT NULL AND offer_id IS NOT NULL
      GROUP BY list_contact_id
    ),

    -- Until the transaction ends, and not before all is known that it takes.
    turn AS MATERIALIZED (
      SELECT pg_advisory_xact_lock(hashtextextended('contact-stats', ${accountId}::bigint))
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

    -- NOT IN hashes the contacts that were changed. A join, planned for the ten rows that unnest is taken for, may not.
    judged AS MATERIALIZED (
      SELECT
        resolved.*,
        CASE
          WHEN resolved.message_id IS NULL THEN 'message_not_found'
          WHEN resolved.offer_id IS NULL THEN 'offer_not_found'
          WHEN resolved.list_contact_id NOT IN (SELECT id FROM contact) THEN 'contact_not_found'
        END AS error_code
      FROM resolved
    ),

    saved_record AS (
      INSERT INTO revenue_records (
        account_id, import_id, record_index, message_id, offer_id, list_contact_id,
        revenue, payout, attribution_type, occurred_at
      )
      SELECT
        ${accountId}::bigint, ${importId}::uuid, record_index, message_id, offer_id, list_contact_id,
        revenue, payout, attribution_type, occurred_at
      FROM judged
      WHERE error_code IS NULL
      ORDER BY record_index
    ),

    outcome AS (
      SELECT
        count(*) FILTER (WHERE error_code IS NULL) AS success_count,
        coalesce(sum(revenue) FILTER (WHERE error_code IS NULL), 0) AS revenue_total,
        coalesce(
          json_agg(json_build_object('index', record_index, 'code', error_code) ORDER BY record_index)
            FILTER (WHERE error_code IS NOT NULL),
          '[]'
        ) AS errors,
        coalesce(
          json_agg(${FAILED_RECORD} ORDER BY record_index) FILTER (WHERE error_code IS NOT NULL), '[]'
        ) AS failed_records
      FROM judged
    ),

    error_codes AS (
      SELECT coalesce(json_object_agg(error_code, record_count), '{}') AS record_counts
      FROM (SELECT error_code, count(*) AS record_count FROM judged WHERE error_code IS NOT NULL GROUP BY error_code)
        AS by_code
    ),

    completed AS (
      UPDATE import_chunks
      SET
        ${NO_RECORDS},
        completed_at = clock_timestamp(),
        success_count = outcome.success_count,
        revenue_total = outcome.revenue_total,
        errors = outcome.errors,
        failed_records = outcome.failed_records
      FROM chunk, outcome
      WHERE chunk.completed_at IS NULL
        AND import_chunks.account_id = chunk.account_id
        AND import_chunks.import_id = chunk.import_id
        AND import_chunks.chunk_index = chunk.chunk_index
      RETURNING import_chunks.success_count, import_chunks.record_count
    )

    SELECT
      true AS saved,
      success_count AS "successCount",
      record_count - success_count AS "errorCount",
      error_codes.record_counts AS "errorCodes"
    FROM completed, error_codes
    UNION ALL
    SELECT false, success_count, record_count - success_count, '{}'
    FROM chunk
    WHERE completed_at IS NOT NULL`;
  return outcome;
}
