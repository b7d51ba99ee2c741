import { kindSpecs, type ChunkRef } from '@trackly/contract';

import type { Database } from '../../client.ts';
import { Prisma } from '../../generated/client.ts';
import { undoWhole } from '../undo-whole.ts';
import type { UndoneChunk } from '../undo.ts';
import { isChangedByOthers, isForsaken } from './makers.ts';
import { removeListContacts } from './remove-list-contacts.ts';
import { CONTACT_BYTES, LIST_CONTACT_BYTES } from './stored-bytes.ts';

/**
 * Removes the contacts and list contacts that an import has made, if nothing refers to them: neither messages nor revenue
 * nor, to a contact, a list contact of another import, and no other import of contacts has changed them. What the import
 * has changed, but not made, stays as it is. List contacts of these contacts that nobody needs any more go with them.
 */
export async function undoContactsChunk(db: Database, chunk: ChunkRef): Promise<UndoneChunk | undefined> {
  return undoWhole(db, kindSpecs.contacts, chunk, { references: referencesTo(chunk), steps: stepsOf(chunk) });
}

function referencesTo(chunk: ChunkRef): Prisma.Sql {
  const { accountId, importId } = chunk;
  return Prisma.sql`
    WITH made AS MATERIALIZED (
      SELECT account_id, id, contact_id, send_count, conversion_count, changed_import_ids
      FROM list_contacts
      WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid
    )
    SELECT
      -- The stats count all messages and all revenue.
      (SELECT coalesce(sum(send_count), 0) FROM made) AS messages,
      (SELECT coalesce(sum(conversion_count), 0) FROM made) AS revenue,
      (
        SELECT count(*)
        ${fromOtherLists(chunk)} AND NOT ${isForsaken('other')}
      ) AS list_contacts,
      (SELECT count(*) FROM made WHERE ${isChangedByOthers('made')}) AS changed_contacts`;
}

/** FROM and WHERE: the list contacts, named `other`, that other imports have made of the contacts of this one. Reads `made`. */
function fromOtherLists({ accountId, importId }: ChunkRef): Prisma.Sql {
  return Prisma.sql`
    FROM (SELECT DISTINCT contact_id FROM made) AS person
    JOIN contacts ON contacts.account_id = ${accountId}::bigint AND contacts.id = person.contact_id
    JOIN list_contacts AS other ON other.account_id = ${accountId}::bigint AND other.contact_id = person.contact_id
    WHERE contacts.import_id = ${importId}::uuid AND other.import_id IS DISTINCT FROM ${importId}::uuid`;
}

function stepsOf(chunk: ChunkRef): Prisma.Sql {
  const { accountId, importId } = chunk;
  return Prisma.sql`
    made AS MATERIALIZED (
      SELECT member.id, member.contact_id
      FROM chunk
      JOIN list_contacts AS member
        ON member.account_id = ${accountId}::bigint AND member.import_id = ${importId}::uuid
    ),
    leaving_contact AS MATERIALIZED (
      SELECT id, contact_id FROM made
      UNION ALL
      SELECT other.id, other.contact_id
      ${fromOtherLists(chunk)} AND ${isForsaken('other')}
    ),
    ${removeListContacts(accountId, 'leaving_contact')},

    removed AS (
      SELECT
        ${LIST_CONTACT_BYTES}::integer
          + coalesce(removed_details.stored_bytes, 0)
          + CASE
            WHEN row_number() OVER () = 1 THEN ${CONTACT_BYTES}::integer * (SELECT count(*) FROM removed_contact)
            ELSE 0
          END AS stored_bytes
      FROM removed_list_contact
      LEFT JOIN removed_details ON removed_details.list_contact_id = removed_list_contact.id
    ),
    undo_counts AS (
      SELECT
        (SELECT count(*) FROM removed_contact)::integer AS contacts_removed,
        (
          SELECT coalesce(sum((saved.totals ->> 'list_contacts_updated')::integer), 0)
          FROM chunk
          JOIN imports ON imports.account_id = chunk.account_id AND imports.id = chunk.import_id
          JOIN import_chunks AS saved ON saved.account_id = chunk.account_id AND saved.import_id = chunk.import_id
          -- A dry run counts what it would have changed.
          WHERE NOT imports.is_dry_run
        )::integer AS list_contacts_kept
    )`;
}
