import { acceptImport, eraseContact, kinds, openDatabase, type Database } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { readDrift } from '../support/account-state.ts';
import { addAccount, addMessages, addOffers, type TestAccount } from '../support/catalog.ts';
import { checkedRecords } from '../support/checked-records.ts';
import { get, importIdOf, postRecords, undoImport } from '../support/http.ts';
import { PATIENT } from '../support/limits.ts';
import { useStack } from '../support/suite.ts';
import { trackly } from '../support/trackly.ts';
import { addLists, LIST, OTHER_LIST, phone, postContacts, readListContacts } from './contacts.ts';

const stack = useStack();
let account: TestAccount;
let db: Database;

beforeAll(() => {
  db = openDatabase({ url: stack().database.url, poolSize: 2, applicationName: 'test', ...PATIENT });
});
afterAll(async () => {
  await db.$disconnect();
});
beforeEach(async () => {
  account = await addAccount(stack().database.sql);
  await addLists(stack().database.sql, account);
});

const send = (contacts: object[], query = '') => postContacts(stack().url, account.apiKey, contacts, {}, query);
const PERSON = phone(7);
const erase = () => eraseContact(db, { accountId: account.id, phoneNumber: PERSON, patienceMs: 10_000 });

/** The tables in which any value of a row has the digits. */
async function tablesWith(digits: string): Promise<string[]> {
  const { sql } = stack().database;
  const { rows } = await sql.query<{ name: string }>(
    `SELECT pg_class.oid::regclass::text AS name
     FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await sql.query(
      `SELECT FROM ${name} AS t WHERE regexp_replace(t::text, '[^0-9]', '', 'g') LIKE $1 LIMIT 1`,
      [`%${digits}%`],
    );
    if (rowCount) found.push(name);
  }
  return found;
}

test('nothing in the database names an erased person, and the sums stay', async () => {
  const { sql } = stack().database;
  await send([
    { phone_number: PERSON, custom_fields: { email: 'ada@example.com' }, ip_address: '203.0.113.7' },
    { phone_number: PERSON, list_number: OTHER_LIST, url: 'https://example.com/ada' },
    { phone_number: phone(8) },
  ]);
  const [member] = (
    await sql.query<{ id: string }>('SELECT min(id)::text AS id FROM list_contacts WHERE account_id = $1', [account.id])
  ).rows;
  await addMessages(sql, account, [{ id: 'm', listContactId: member?.id ?? '' }]);
  await addOffers(sql, account, [{ id: 'o' }]);
  await postRecords(stack().url, account.apiKey, [{ message_id: 'm', offer_id: 'o', revenue: 2.5 }]);
  // What is kept of rejected records, by the API and by workers, however the number is written.
  const rejected = await send([
    { phone_number: PERSON, list_number: 'none' },
    { phone_number: `${PERSON.slice(0, 2)} (${PERSON.slice(2, 5)}) ${PERSON.slice(5, 8)}-${PERSON.slice(8)}` },
    { phone_number: PERSON, list_number: '+15559999999', custom_fields: { name: 'Ada' } },
    { phone_number: phone(8), list_number: '+15559999999' },
    { phone_number: 'other' },
  ]);
  await send([{ phone_number: PERSON, list_number: '+15559999999' }], '?dry_run=true');
  expect((await tablesWith(PERSON.slice(1))).toSorted()).toEqual(['contacts', 'import_chunks', 'imports']);
  const before = (await sql.query('SELECT kept_bytes FROM account_usage WHERE account_id = $1', [account.id])).rows;

  expect(await erase()).toMatchObject({ removed: 1, anonymized: 1, openChunks: 0 });
  expect(await tablesWith(PERSON.slice(1))).toEqual([]);
  expect(await readListContacts(sql, account)).toMatchObject([
    { phone_number: phone(8) },
    { phone_number: null, active: false, signup_date: null, custom_fields: null, ip_address: null, import_id: null },
  ]);
  expect(await readDrift(stack().database, account)).toBe(0);
  const { json } = await get(`${stack().url}/api/v2/reports/revenue?by=list`, account.apiKey);
  expect(json).toMatchObject({ rows: [{ list_number: LIST, revenue: 2.5 }] });
  const errors = await get(`${stack().url}/api/v2/history/imports/${importIdOf(rejected)}/errors`, account.apiKey);
  expect(errors.json).toMatchObject({
    errors: [
      { index: 0, phone_number: null, code: 'invalid_list_number', record: null },
      { index: 1, phone_number: null, code: 'invalid_phone', record: null },
      { index: 2, phone_number: null, code: 'list_not_found', record: null },
      { index: 3, phone_number: phone(8), code: 'list_not_found', record: { phone_number: phone(8) } },
      { index: 4, phone_number: null, code: 'invalid_phone', record: { phone_number: 'other' } },
    ],
  });
  const after = (await sql.query('SELECT kept_bytes FROM account_usage WHERE account_id = $1', [account.id])).rows;
  expect(Number(after[0].kept_bytes)).toBeLessThan(Number(before[0].kept_bytes));
  const kept = await sql.query(
    `SELECT
       (SELECT sum(kept_bytes) FROM imports WHERE account_id = $1)
         + (SELECT sum(kept_bytes) FROM import_chunks WHERE account_id = $1) AS kept_bytes`,
    [account.id],
  );
  expect(after).toEqual(kept.rows);
});

test('an import of an erased person can be undone, and the person can come again', async () => {
  const made = await send([{ phone_number: PERSON }, { phone_number: phone(8) }]);
  expect(await erase()).toMatchObject({ removed: 1, anonymized: 0 });
  expect((await send([{ phone_number: PERSON }])).json).toMatchObject({ contacts_created: 1 });
  expect((await undoImport(stack().url, importIdOf(made), account.apiKey)).json).toMatchObject({
    status: 'undone',
    undo: { removed_count: 1, contacts_removed: 1 },
  });
  expect(await readListContacts(stack().database.sql, account)).toMatchObject([{ phone_number: PERSON }]);
});

test('records that are accepted, but not saved yet, are waited for', async () => {
  const importId = uuidv7();
  const { spec } = kinds.contacts;
  const chunks = [checkedRecords(spec, [{ phone_number: PERSON, list_number: LIST }])];
  const added = {
    accountId: account.id,
    importId,
    kind: spec,
    requestId: 'test',
    recordCount: 1,
    chunks,
    rejected: [],
  };
  await acceptImport(db, { ...added, virtualTime: 0 });
  const hasty = await eraseContact(db, { accountId: account.id, phoneNumber: PERSON, patienceMs: 0 });
  expect(hasty).toMatchObject({ openChunks: 1 });
  const erasing = erase();
  await kinds.contacts.saveChunk(db, { accountId: account.id, importId, chunkIndex: 0 });
  expect(await erasing).toMatchObject({ openChunks: 0, removed: 1 });
  expect(await readListContacts(stack().database.sql, account)).toEqual([]);
});

test('the command erases the person of one account', async () => {
  const { sql, url } = stack().database;
  const name = `shop ${account.id}`;
  await sql.query('UPDATE accounts SET name = $2 WHERE id = $1', [account.id, name]);
  await send([{ phone_number: PERSON }]);
  const env = { DATABASE_URL: url };
  const run = (...args: string[]) => trackly(['contacts', 'erase', ...args], { env });
  expect(await run('--account', name, '555')).toMatchObject({ exitCode: 1 });
  expect(await run('--account', 'nobody', PERSON)).toMatchObject({ exitCode: 1 });
  expect(await run('--account', name, PERSON)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Removed from lists: 1'),
  });
  expect(await readListContacts(sql, account)).toEqual([]);
});
