import type { Database } from '../../client.ts';

/** Counts the contacts that have revenue of an offer which is gone. Reads all revenue rows of the account. */
export async function countOffersDrift(db: Database, accountId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ drift: number }[]>`
    /* count-offers-drift */
    SELECT count(DISTINCT record.list_contact_id)::integer AS drift
    FROM revenue_records AS record
    LEFT JOIN offers ON offers.account_id = record.account_id AND offers.id = record.offer_id
    WHERE record.account_id = ${accountId}::bigint AND offers.id IS NULL`;
  return row?.drift ?? 0;
}
