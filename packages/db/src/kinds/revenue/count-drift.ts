import type { Database } from '../../client.ts';

/**
 * Counts an account's contacts whose stats differ from their revenue rows. Reads all rows of the account: meant for
 * checks, not for requests.
 */
export async function countRevenueDrift(db: Database, accountId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ drift: number }[]>`
    /* count-revenue-drift */
    WITH actual AS (
      SELECT list_contact_id, sum(revenue) AS revenue, count(*) AS conversions, max(occurred_at) AS last_at
      FROM revenue_records
      WHERE account_id = ${accountId}::bigint
      GROUP BY list_contact_id
    )
    SELECT count(*)::integer AS drift
    FROM (SELECT * FROM list_contacts WHERE account_id = ${accountId}::bigint) AS contact
    FULL JOIN actual ON actual.list_contact_id = contact.id
    WHERE contact.id IS NULL
      OR contact.revenue_total <> coalesce(actual.revenue, 0)
      OR contact.conversion_count <> coalesce(actual.conversions, 0)
      OR contact.last_revenue_at IS DISTINCT FROM actual.last_at`;
  return row?.drift ?? 0;
}
