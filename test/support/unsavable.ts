import type pg from 'pg';

import type { TestAccount } from './catalog.ts';
import { postRecords } from './http.ts';

const LARGEST = '9999999999.9999';

/**
 * Fills a contact's total, through the API, up to 0.9999 below what its column can hold: from then on a record for it
 * passes all checks, and makes the statement fail.
 *
 * @param messageId a message that reached the contact
 */
export async function fillContact(url: string, account: TestAccount, messageId: string): Promise<void> {
  const records = Array.from({ length: 1_000 }, () => ({ message_id: messageId, offer_id: 'o0', revenue: LARGEST }));
  for (let request = 0; request < 10; request += 1) {
    const answer = await postRecords(url, account.apiKey, records);
    if (answer.status !== 200) throw new Error(`Filling the contact failed with ${answer.status}: ${answer.text}`);
  }
}

/** Makes the database fail on rows of one amount: by default for a reason that PostgreSQL does not have by itself. */
export async function failOnAmount(sql: pg.Pool, amount: string, sqlState = 'P0001'): Promise<void> {
  await sql.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'refused for %', NEW.message_id USING ERRCODE = '${sqlState}'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON revenue_records
      FOR EACH ROW WHEN (NEW.revenue = ${amount}) EXECUTE FUNCTION refuse()`);
}
