import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { addAccount, addContacts, addMessages, type TestAccount } from './support/catalog.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';

const THERE = 3_000;
const WANTED = 500;
/** The contact, its place on the list, its details, the message: one row of each, and some to spare. */
const MOST_READ_FOR_EACH = 6;

const cleanup = new AsyncDisposableStack();
let database: TestDatabase;
let account: TestAccount;

// Without statistics, as in a first import: nothing is analyzed meanwhile.
beforeAll(async () => {
  database = cleanup.use(await createDatabase());
  for (const table of ['contacts', 'list_contacts', 'list_contact_details', 'messages']) {
    await database.sql.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
  }
  account = await addAccount(database.sql);
  const contacts = await addContacts(database.sql, account, THERE);
  await addMessages(
    database.sql,
    account,
    contacts.map((listContactId, index) => ({ id: `m${index}`, listContactId })),
  );
});
afterAll(() => cleanup.disposeAsync());

/** Counts the rows that a connection's transaction has read by index. Statements just before it can count as well. */
async function countReadRows(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ read: number }>(
    'SELECT sum(idx_tup_fetch)::integer AS read FROM pg_stat_xact_user_tables',
  );
  return rows[0]?.read ?? 0;
}

test.for([
  ['contacts', 'find_list_contacts($1, $2, array_fill($3::bigint, ARRAY[cardinality($2::text[])]))'],
  ['messages', `find_sent_before($1, ARRAY(SELECT generate_series(1, ${WANTED})), $3::text[], $2)`],
] as const)('in tables without statistics, %s are looked up one by one', async ([what, lookup]) => {
  const contacts = await database.sql.query<{ number: string; list: string }>(
    `SELECT phone_number AS number, (SELECT id FROM sending_lists)::text AS list FROM contacts ORDER BY id LIMIT ${WANTED}`,
  );
  const numbers = contacts.rows.map(({ number }) => number);
  const messages = numbers.map((_, index) => `m${index}`);
  const values = [account.id, numbers, what === 'contacts' ? contacts.rows[0]?.list : messages];

  const client = await database.sql.connect();
  try {
    await client.query('BEGIN');
    const before = await countReadRows(client);
    const found = await client.query(`SELECT FROM ${lookup}`, values);
    const read = (await countReadRows(client)) - before;
    expect(found.rowCount).toBe(WANTED);
    expect(read).toBeGreaterThanOrEqual(WANTED);
    expect(read).toBeLessThanOrEqual(WANTED * MOST_READ_FOR_EACH);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});
