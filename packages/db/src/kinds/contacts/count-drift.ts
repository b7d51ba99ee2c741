import type { Database } from '../../client.ts';

/**
 * Counts what should not be there without something else: contacts of imports that are on no list, and details
 * of list contacts that are gone.
 */
export async function countContactsDrift(db: Database, accountId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ drift: number }[]>`
    /* count-contacts-drift */
    SELECT (
      (
        SELECT count(*) FROM contacts AS contact
        WHERE contact.account_id = ${accountId}::bigint
          AND contact.import_id IS NOT NULL
          AND NOT EXISTS (
            SELECT FROM list_contacts AS member
            WHERE member.account_id = contact.account_id AND member.contact_id = contact.id
          )
      ) + (
        SELECT count(*) FROM list_contact_details AS details
        WHERE details.account_id = ${accountId}::bigint
          AND NOT EXISTS (
            SELECT FROM list_contacts AS member
            WHERE member.account_id = details.account_id AND member.id = details.list_contact_id
          )
      )
    )::integer AS drift`;
  return row?.drift ?? 0;
}
