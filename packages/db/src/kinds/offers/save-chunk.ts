import { kindSpecs, type ChunkRef } from '@trackly/contract';

import { Prisma } from '../../generated/client.ts';
import type { Statements } from '../../transaction.ts';
import { saveChunk, type SavedChunk } from '../save.ts';
import { accountTurn } from '../take-turn.ts';
import { newOfferId } from './new-offer-id.ts';
import { storedBytes } from './stored-bytes.ts';

/**
 * Saves one chunk of offers. An offer whose id is there already is skipped.
 *
 * What is there already is looked up in the account's turn, in a function that sees what former holders of the turn have
 * committed. So of two chunks that bring the same offer at once, the second finds the first.
 */
export async function saveOffersChunk(
  db: Statements,
  chunk: ChunkRef,
  isTrial = false,
): Promise<SavedChunk | undefined> {
  return saveChunk(db, kindSpecs.offers, chunk, isTrial, stepsOf(chunk));
}

/** What is compared to tell whether an offer says something else than the one that is there. */
const VALUES = ['name', 'tracking_url', 'external_id', 'external_platform', 'payout', 'payout_type', 'status'];

function stepsOf({ accountId, importId }: ChunkRef): Prisma.Sql {
  return Prisma.sql`
    identified AS MATERIALIZED (
      SELECT sent.*, coalesce(id, ${newOfferId(importId, 'record_index')}) AS public_id FROM sent
    ),

    -- Held until the end of the transaction.
    turn AS MATERIALIZED (
      SELECT
        ${accountId}::bigint AS account_id,
        array_agg(DISTINCT public_id) AS public_ids,
        coalesce(array_agg(DISTINCT external_id) FILTER (WHERE external_id IS NOT NULL), '{}') AS external_ids,
        ${accountTurn(accountId)}
      FROM identified
      HAVING count(*) > 0
    ),
    there AS MATERIALIZED (
      SELECT found.*
      FROM turn
      -- It needs a column of the turn, and so begins after the wait.
      CROSS JOIN LATERAL find_offers(turn.account_id, turn.public_ids, turn.external_ids) AS found
    ),

    -- Of records with the same id, only the first can be saved.
    known AS MATERIALIZED (
      SELECT
        record.*,
        there.id IS NOT NULL OR record.record_index > first.record_index AS is_skipped,
        ${differs('there', 'first')} AS is_other
      FROM identified AS record
      JOIN (
        SELECT DISTINCT ON (public_id COLLATE "C") * FROM identified ORDER BY public_id COLLATE "C", record_index
      ) AS first ON first.public_id = record.public_id
      LEFT JOIN there ON there.public_id = record.public_id
    ),
    external AS MATERIALIZED (
      SELECT
        record_index,
        EXISTS (SELECT FROM there WHERE there.external_id = known.external_id)
          OR row_number() OVER (PARTITION BY external_id ORDER BY record_index) > 1 AS is_taken
      FROM known
      WHERE external_id IS NOT NULL AND NOT is_skipped
    ),
    judged AS MATERIALIZED (
      SELECT
        known.*,
        NULL::text AS error_code,
        CASE
          WHEN known.is_skipped AND known.is_other THEN 'duplicate_differs'
          WHEN external.is_taken THEN 'external_id_taken'
        END AS warning_code,
        ${storedBytes('known')} AS stored_bytes
      FROM known
      LEFT JOIN external USING (record_index)
    ),
    saved_offer AS (
      INSERT INTO offers (
        account_id, public_id, name, tracking_url, external_id, external_platform, payout, payout_type, status,
        created_at, import_id, record_index
      )
      SELECT
        ${accountId}::bigint, public_id, name, tracking_url, external_id, external_platform, payout, payout_type, status,
        (SELECT accepted_at FROM chunk), ${importId}::uuid, record_index
      FROM judged
      WHERE NOT is_skipped
      ORDER BY record_index
    )`;
}

/** Whether a record says something else than the offer that is there or, if there is none, than the first record. */
function differs(there: string, first: string): Prisma.Sql {
  const rowOf = (table: string) => `(${VALUES.map((name) => `${table}.${name}`).join(', ')})`;
  return Prisma.raw(
    `CASE WHEN ${there}.id IS NULL THEN ${rowOf('record')} IS DISTINCT FROM ${rowOf(first)} ` +
      `ELSE ${rowOf('record')} IS DISTINCT FROM ${rowOf(there)} END`,
  );
}
