import { countDrift, openDatabase } from '@trackly/db';
import pg from 'pg';

import { FIRST_NEW_IMPORT } from '../data/grown.ts';
import { addUp, type ExpectedAnswer } from '../data/history.ts';
import { HISTORY_END } from '../data/records.ts';
import { BENCH_ACCOUNT_ID } from '../data/templates.ts';

/** What an import has left behind: the same for all contestants that were given the same records. */
export interface Totals {
  rows: number;
  /** A plain decimal. */
  revenue: string;
  /** Of every column of every row, whatever their order. What was given no time counts as late. */
  rowsDigest: string;
  /** Of every contact's stats. */
  contactsDigest: string;
}

/**
 * Reads what an import has left behind.
 *
 * @throws when it is not what the records say, or the stats of a contact are not what its rows say
 */
export async function checkTotals(databaseUrl: string, answers: readonly ExpectedAnswer[]): Promise<Totals> {
  const db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'bench' });
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench' });
  await client.connect();
  try {
    const drift = await countDrift(db, BENCH_ACCOUNT_ID);
    if (drift > 0) throw new WrongTotalsError(`The stats of ${drift} contacts are not what their rows say.`);
    const totals = await readTotals(client);
    const { saved, cents } = addUp(answers);
    const isRight = totals.rows === saved && Math.round(Number(totals.revenue) * 100) === cents;
    if (isRight) return totals;
    throw new WrongTotalsError(
      `There are ${totals.rows} rows with ${totals.revenue} of revenue; expected were ${saved} with ${cents / 100}.`,
    );
  } finally {
    await client.end();
    await db.$disconnect();
  }
}

/** A contestant has not done what it was measured for. */
export class WrongTotalsError extends Error {
  override readonly name = 'WrongTotalsError';
}

async function readTotals(client: pg.Client): Promise<Totals> {
  const { rows } = await client.query<Totals>(
    `SELECT
       count(*)::integer AS rows,
       coalesce(sum(revenue), 0)::text AS revenue,
       coalesce(sum(hashtextextended(concat_ws(
         '|', message_id, offer_id, list_contact_id, revenue, coalesce(payout, -1), attribution_type,
         extract(epoch FROM least(occurred_at, $2))
       ), 0)), 0)::text AS "rowsDigest",
       (
         SELECT md5(string_agg(concat_ws(
           '|', id, revenue_total, conversion_count, extract(epoch FROM least(last_revenue_at, $2))
         ), ',' ORDER BY id))
         FROM list_contacts
         WHERE account_id = $1 AND conversion_count > 0
       ) AS "contactsDigest"
     FROM revenue_records
     WHERE account_id = $1 AND import_id >= '${FIRST_NEW_IMPORT}'`,
    [BENCH_ACCOUNT_ID, new Date(HISTORY_END)],
  );
  const [totals] = rows;
  if (!totals) throw new Error('A query without GROUP BY brings one row.');
  return totals;
}
