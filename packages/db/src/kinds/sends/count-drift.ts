import type { Database } from '../../client.ts';

/**
 * Counts an account's contacts whose stats differ from their messages. Reads all messages of the account: meant for checks,
 * not for requests. A message may outlive its contact.
 */
export async function countSendsDrift(db: Database, accountId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ drift: number }[]>`
    /* count-sends-drift */
    WITH actual AS (
      SELECT list_contact_id, count(*) AS sends, max(sent_at) AS last_at
      FROM messages
      WHERE account_id = ${accountId}::bigint
      GROUP BY list_contact_id
    )
    SELECT count(*)::integer AS drift
    FROM (SELECT * FROM list_contacts WHERE account_id = ${accountId}::bigint) AS contact
    LEFT JOIN actual ON actual.list_contact_id = contact.id
    WHERE contact.send_count <> coalesce(actual.sends, 0)
      OR contact.last_sent_at IS DISTINCT FROM actual.last_at`;
  return row?.drift ?? 0;
}
