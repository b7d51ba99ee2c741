import { kindSpecs, STATEMENT_MS, type ChunkRef } from '@trackly/contract';

import { Prisma } from '../../generated/client.ts';
import type { Statements } from '../../transaction.ts';
import { saveChunk, type SavedChunk } from '../save.ts';
import { accountTurn, takeTurn } from '../take-turn.ts';
import { CONTACT_BYTES, LIST_CONTACT_BYTES, messageBytes } from './stored-bytes.ts';

/**
 * Saves one chunk of sends: inserts messages, with contacts where there are none, and updates the stats of their contacts.
 *
 * What is there already is looked up in the account's turn, in a function that sees what former holders of the turn have
 * committed. So nothing that another chunk adds at the same time can be in the way.
 */
export async function saveSendsChunk(
  db: Statements,
  chunk: ChunkRef,
  isTrial = false,
): Promise<SavedChunk | undefined> {
  return saveChunk(db, kindSpecs.sends, chunk, isTrial, stepsOf(chunk));
}

/**
 * Saves a chunk once more, after a failure: somebody who takes no turns may have added the same message or contact in
 * between, such as a live message. It is there now.
 */
export async function saveFittingSends(
  tx: Statements,
  chunk: ChunkRef,
  isTrial: boolean,
): Promise<SavedChunk | undefined> {
  await takeTurn(tx, chunk, STATEMENT_MS);
  return saveSendsChunk(tx, chunk, isTrial);
}

function stepsOf({ accountId, importId }: ChunkRef): Prisma.Sql {
  return Prisma.sql`
    -- No list has the number '' or the id 0.
    named_list AS MATERIALIZED (
      SELECT DISTINCT coalesce(list_number, '') AS list_number, coalesce(list_id, 0) AS list_id FROM sent
    ),
    list AS MATERIALIZED (
      SELECT named_list.*, list.id
      FROM named_list
      JOIN sending_lists AS list
        ON list.account_id = ${accountId}::bigint AND list.list_number = named_list.list_number
      WHERE named_list.list_id IN (0, list.id)
      UNION ALL
      SELECT named_list.*, list.id
      FROM named_list
      JOIN sending_lists AS list ON list.account_id = ${accountId}::bigint AND list.id = named_list.list_id
      WHERE named_list.list_number = ''
    ),

    -- Of records with the same id, the first whose list exists is the one to save.
    placed AS MATERIALIZED (
      SELECT
        sent.*,
        list.id AS found_list_id,
        CASE WHEN list.id IS NOT NULL THEN
          min(record_index) FILTER (WHERE list.id IS NOT NULL) OVER (PARTITION BY sent.id COLLATE "C")
        END AS first_index
      FROM sent
      LEFT JOIN list
        ON list.list_number = coalesce(sent.list_number, '') AND list.list_id = coalesce(sent.list_id, 0)
    ),
    wanted AS MATERIALIZED (
      SELECT
        array_agg(record_index ORDER BY record_index) AS indexes,
        array_agg(id ORDER BY record_index) AS ids,
        array_agg(to_number ORDER BY record_index) AS numbers
      FROM placed
      WHERE record_index = first_index
      HAVING count(*) > 0
    ),

    -- Held until the end of the transaction.
    turn AS MATERIALIZED (
      SELECT
        ${accountId}::bigint AS account_id,
        ${accountTurn(accountId)}
      FROM wanted
    ),

    -- What is there of each id when this is saved: the message that was there before, or the first record.
    known AS MATERIALIZED (
      SELECT
        first.record_index,
        first.id,
        before.contact_id,
        before.message_id IS NULL AS is_new,
        CASE WHEN before.message_id IS NULL THEN first.found_list_id ELSE before.sending_list_id END AS list_id,
        CASE WHEN before.message_id IS NULL THEN first.to_number ELSE before.phone_number END AS to_number,
        CASE WHEN before.message_id IS NULL THEN first."timestamp" ELSE before.sent_at END AS "timestamp",
        CASE WHEN before.message_id IS NULL THEN first.send_type ELSE before.send_type END AS send_type,
        CASE WHEN before.message_id IS NULL THEN first.delivered ELSE before.delivered END AS delivered,
        CASE WHEN before.message_id IS NULL THEN first.length ELSE before.length END AS length
      FROM wanted
      CROSS JOIN turn
      -- It needs a column of the turn, and so begins after the wait.
      CROSS JOIN LATERAL find_sent_before(turn.account_id, wanted.indexes, wanted.ids, wanted.numbers) AS before
      JOIN placed AS first ON first.record_index = before.record_index
    ),

    new_contact AS (
      INSERT INTO contacts (account_id, phone_number, import_id, record_index)
      SELECT ${accountId}::bigint, to_number, ${importId}::uuid, min(record_index)
      FROM known
      WHERE is_new AND contact_id IS NULL
      GROUP BY to_number
      ORDER BY min(record_index)
      RETURNING id, phone_number, record_index
    ),
    new_message AS MATERIALIZED (
      SELECT known.*, coalesce(known.contact_id, new_contact.id) AS to_contact_id
      FROM known
      LEFT JOIN new_contact ON new_contact.phone_number = known.to_number
      WHERE is_new
    ),

    -- Neither this statement's snapshot nor its plan may have to do with the rows that are there: an index decides.
    recipient AS (
      INSERT INTO list_contacts (
        account_id, sending_list_id, contact_id, signup_method, import_id, record_index, send_count, last_sent_at
      )
      SELECT
        ${accountId}::bigint, list_id, to_contact_id, 'import', ${importId}::uuid, min(record_index),
        count(*), max("timestamp")
      FROM new_message
      GROUP BY list_id, to_contact_id
      ORDER BY to_contact_id, list_id
      ON CONFLICT (account_id, contact_id, sending_list_id) DO UPDATE SET
        send_count = list_contacts.send_count + excluded.send_count,
        last_sent_at = greatest(list_contacts.last_sent_at, excluded.last_sent_at)
      -- A row that was there has been updated by this transaction, a new one by none.
      RETURNING id, sending_list_id, contact_id, CASE WHEN xmax = 0 THEN record_index END AS made_by
    ),
    saved_message AS (
      INSERT INTO messages (
        account_id, public_id, list_contact_id, sent_at, length, record_index, import_id, imported, delivered, send_type
      )
      SELECT
        ${accountId}::bigint, new_message.id, recipient.id, "timestamp", length, record_index, ${importId}::uuid,
        true, delivered, send_type
      FROM new_message
      JOIN recipient
        ON recipient.contact_id = new_message.to_contact_id AND recipient.sending_list_id = new_message.list_id
      ORDER BY record_index
    ),

    judged AS MATERIALIZED (
      SELECT
        placed.*,
        CASE WHEN placed.found_list_id IS NULL THEN 'list_not_found' END AS error_code,
        placed.record_index <> placed.first_index OR NOT known.is_new AS is_skipped,
        CASE
          WHEN (known.list_id, known.to_number, known."timestamp")
              IS DISTINCT FROM (placed.found_list_id, placed.to_number, placed."timestamp")
            -- A field that is absent says nothing.
            OR placed.send_type <> coalesce(known.send_type, '')
            OR (placed.delivered IS NOT NULL AND placed.delivered IS DISTINCT FROM known.delivered)
            OR placed.length <> coalesce(known.length, -1)
          THEN 'duplicate_differs'
        END AS warning_code,
        ${messageBytes({ id: 'placed.id', sendType: 'placed.send_type' })}
          + CASE WHEN placed.record_index IN (SELECT record_index FROM new_contact) THEN ${CONTACT_BYTES}::integer ELSE 0 END
          + CASE WHEN placed.record_index IN (SELECT made_by FROM recipient WHERE made_by IS NOT NULL)
              THEN ${LIST_CONTACT_BYTES}::integer ELSE 0 END
          AS stored_bytes
      FROM placed
      LEFT JOIN known ON known.record_index = placed.first_index
    )`;
}
