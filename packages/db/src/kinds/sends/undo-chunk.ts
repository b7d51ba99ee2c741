import { kindSpecs, type ChunkRef } from '@trackly/contract';

import type { Database } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';
import { undoWhole } from '../undo-whole.ts';
import type { UndoneChunk } from '../undo.ts';
import { isChangedByOthers, isMakerUndone } from '../contacts/makers.ts';
import { removeListContacts } from '../contacts/remove-list-contacts.ts';
import { CONTACT_BYTES, LIST_CONTACT_BYTES, messageBytes } from './stored-bytes.ts';

/**
 * Removes the messages of an import, unless revenue refers to one of them, and corrects the stats of their contacts. If a
 * contact's latest message is removed, its latest time is searched among all remaining messages of the account. Also
 * removes the contacts that the import has made, as far as they have nothing else. Those that have messages of another
 * import go with the last of these.
 */
export async function undoSendsChunk(db: Database, chunk: ChunkRef): Promise<UndoneChunk | undefined> {
  return undoWhole(db, kindSpecs.sends, chunk, { references: referencesTo(chunk), steps: stepsOf(chunk) });
}

/** There is no index on the messages of revenue. Most undos need none: none of their contacts has revenue. */
function referencesTo({ accountId, importId }: ChunkRef): Prisma.Sql {
  return Prisma.sql`
    WITH own_message AS MATERIALIZED (
      SELECT id, list_contact_id
      FROM messages
      WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid
    )
    SELECT count(*) AS revenue
    FROM revenue_records AS record
    WHERE record.account_id = ${accountId}::bigint
      AND record.message_id IN (SELECT id FROM own_message)
      AND EXISTS (
        SELECT
        FROM own_message
        LEFT JOIN list_contacts AS contact
          ON contact.account_id = ${accountId}::bigint AND contact.id = own_message.list_contact_id
        WHERE contact.id IS NULL OR contact.conversion_count > 0
      )`;
}

function stepsOf({ accountId, importId }: ChunkRef): Prisma.Sql {
  return Prisma.sql`
    removed_message AS (
      DELETE FROM messages AS message
      USING chunk
      WHERE message.account_id = ${accountId}::bigint AND message.import_id = chunk.import_id
      RETURNING
        message.list_contact_id, message.sent_at,
        ${messageBytes({ id: 'message.public_id', sendType: 'message.send_type' })} AS stored_bytes
    ),

    contact_stats AS MATERIALIZED (
      SELECT list_contact_id, count(*) AS sends, max(sent_at) AS last_at
      FROM removed_message
      GROUP BY list_contact_id
    ),

    -- The import has made some of them, and others were made by imports that are undone. Those with anything else stay.
    recipient AS MATERIALIZED (
      SELECT
        contact.id,
        contact.contact_id,
        contact.import_id = ${importId}::uuid AS is_own,
        contact.send_count = contact_stats.sends
          AND contact.conversion_count = 0
          AND (coalesce(contact.import_id = ${importId}::uuid, false) OR ${isMakerUndone('contact')})
          AND NOT ${isChangedByOthers('contact')}
          AS is_leaving,
        contact_stats.sends,
        contact_stats.last_at,
        contact.last_sent_at <= contact_stats.last_at AND contact.send_count > contact_stats.sends AS is_stale
      FROM contact_stats
      JOIN list_contacts AS contact
        ON contact.account_id = ${accountId}::bigint AND contact.id = contact_stats.list_contact_id
    ),

    remaining AS MATERIALIZED (
      SELECT message.list_contact_id, max(message.sent_at) AS last_at
      FROM messages AS message
      WHERE message.account_id = ${accountId}::bigint
        AND message.list_contact_id IN (SELECT id FROM recipient WHERE is_stale)
        AND message.import_id IS DISTINCT FROM ${importId}::uuid
        AND EXISTS (SELECT FROM recipient WHERE is_stale)
      GROUP BY message.list_contact_id
    ),

    contact AS (
      UPDATE list_contacts
      SET
        send_count = list_contacts.send_count - recipient.sends,
        last_sent_at = CASE
          WHEN list_contacts.last_sent_at > recipient.last_at THEN list_contacts.last_sent_at
          ELSE remaining.last_at
        END
      FROM recipient
      LEFT JOIN remaining ON remaining.list_contact_id = recipient.id
      WHERE list_contacts.account_id = ${accountId}::bigint
        AND list_contacts.id = recipient.id
        AND NOT recipient.is_leaving
    ),

    leaving_contact AS MATERIALIZED (
      SELECT id, contact_id FROM recipient WHERE is_leaving
    ),
    ${removeListContacts(accountId, 'leaving_contact')},

    -- The bytes of what goes with the messages are added to those of one message.
    removed AS MATERIALIZED (
      SELECT
        stored_bytes + CASE
          WHEN row_number() OVER () = 1 THEN
            ${LIST_CONTACT_BYTES}::integer * (SELECT count(*) FROM removed_list_contact)
              + ${CONTACT_BYTES}::integer * (SELECT count(*) FROM removed_contact)
              + (SELECT coalesce(sum(stored_bytes), 0) FROM removed_details)
          ELSE 0
        END AS stored_bytes
      FROM removed_message
    ),

    undo_counts AS (
      SELECT
        (
          SELECT count(*)
          FROM contacts
          WHERE contacts.account_id = ${accountId}::bigint
            AND contacts.import_id = ${importId}::uuid
            AND contacts.id IN (SELECT contact_id FROM recipient WHERE is_own)
            AND contacts.id NOT IN (SELECT id FROM removed_contact)
        ) AS contacts_kept,
        (SELECT count(*) FROM recipient WHERE is_own AND NOT is_leaving) AS list_contacts_kept
    )`;
}
