import { Prisma } from '../../generated/client.ts';
import { detailsBytes } from './stored-bytes.ts';

const DETAILS_BYTES = detailsBytes({
  customFields: 'details.custom_fields',
  ipAddress: 'details.ip_address',
  url: 'details.url',
});

/**
 * CTEs that remove list contacts, what is known of them, and the contacts that are then on no list: `removed_details`
 * (list_contact_id, stored_bytes), `removed_list_contact` (id) and `removed_contact` (id).
 *
 * @param leaving the name of a CTE with id and contact_id of the list contacts
 */
export function removeListContacts(accountId: string, leaving: string): Prisma.Sql {
  const list = Prisma.raw(leaving);
  return Prisma.sql`
    removed_details AS (
      DELETE FROM list_contact_details AS details
      USING ${list} AS member
      WHERE details.account_id = ${accountId}::bigint AND details.list_contact_id = member.id
      RETURNING details.list_contact_id, ${Prisma.raw(DETAILS_BYTES)} AS stored_bytes
    ),
    removed_list_contact AS (
      DELETE FROM list_contacts
      USING ${list} AS member
      WHERE list_contacts.account_id = ${accountId}::bigint AND list_contacts.id = member.id
      RETURNING list_contacts.id
    ),
    -- If another import has made one of them, that import is undone: otherwise, the contact would still be on its list.
    removed_contact AS (
      DELETE FROM contacts
      USING (SELECT DISTINCT contact_id FROM ${list}) AS person
      WHERE contacts.account_id = ${accountId}::bigint
        AND contacts.id = person.contact_id
        AND contacts.import_id IS NOT NULL
        AND NOT EXISTS (
          SELECT FROM list_contacts AS other
          WHERE other.account_id = ${accountId}::bigint
            AND other.contact_id = person.contact_id
            AND other.id NOT IN (SELECT id FROM ${list})
        )
      RETURNING contacts.id
    )`;
}
