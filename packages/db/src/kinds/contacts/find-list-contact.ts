import type { Database } from '../../client.ts';

export interface FoundListContact {
  contactId: bigint;
  /** Null if the contact is not on the list. */
  listContactId: bigint | null;
}

/** Finds a contact of an account, and on one of its lists. */
export async function findListContact(
  db: Database,
  { accountId, phoneNumber, listNumber }: Record<'accountId' | 'phoneNumber' | 'listNumber', string>,
): Promise<FoundListContact | undefined> {
  const [found] = await db.$queryRaw<FoundListContact[]>`
    /* find-list-contact */
    SELECT contact.id AS "contactId", member.id AS "listContactId"
    FROM contacts AS contact
    LEFT JOIN sending_lists AS list
      ON list.account_id = contact.account_id AND list.list_number = ${listNumber}
    LEFT JOIN list_contacts AS member
      ON member.account_id = contact.account_id
      AND member.contact_id = contact.id
      AND member.sending_list_id = list.id
    WHERE contact.account_id = ${accountId}::bigint AND contact.phone_number = ${phoneNumber}`;
  return found;
}
