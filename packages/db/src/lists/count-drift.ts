import type { Database } from '../client.ts';

/** Counts by how many contacts the counts of an account's lists are wrong. Reads all contacts of the account. */
export async function countListsDrift(db: Database, accountId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ drift: number }[]>`
    /* count-lists-drift */
    SELECT coalesce(sum(abs(list.contact_count - coalesce(actual.contact_count, 0))), 0)::integer AS drift
    FROM sending_lists AS list
    LEFT JOIN (
      SELECT sending_list_id, count(*) AS contact_count
      FROM list_contacts
      WHERE account_id = ${accountId}::bigint
      GROUP BY sending_list_id
    ) AS actual ON actual.sending_list_id = list.id
    WHERE list.account_id = ${accountId}::bigint`;
  return row?.drift ?? 0;
}
