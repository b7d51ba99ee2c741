import type { ImportRef } from '@trackly/contract';
import { acceptImport, countDrift, kinds, openDatabase, readOutcomes, type Database } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { addAccount, addContacts, addMessages, addOffers, type TestAccount } from './support/catalog.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { checkedRecords } from './support/checked-records.ts';
import { PATIENT } from './support/limits.ts';
import { savedChunk } from './support/saved-chunk.ts';

const CALLERS = 8;
const HOT_CONTACTS = 20;

const cleanup = new AsyncDisposableStack();
let database: TestDatabase;
let db: Database;
let account: TestAccount;

beforeAll(async () => {
  database = cleanup.use(await createDatabase());
  db = openDatabase({ url: database.url, poolSize: CALLERS * 2, applicationName: 'test', ...PATIENT });
  cleanup.defer(() => db.$disconnect());
  account = await addAccount(database.sql);
  const contacts = await addContacts(database.sql, account, HOT_CONTACTS);
  await addMessages(
    database.sql,
    account,
    contacts.map((listContactId, index) => ({ id: `m${index}`, listContactId })),
  );
  await addOffers(database.sql, account, [{ id: 'o0' }]);
});
afterAll(() => cleanup.disposeAsync());

/** Accepts an import of one chunk; the contacts of its records come in another order each time. */
async function accept(recordCount: number, step: number): Promise<ImportRef> {
  const ref = { accountId: account.id, importId: uuidv7() };
  const records = checkedRecords(
    kinds.revenue.spec,
    Array.from({ length: recordCount }, (_, index) => ({
      message_id: `m${(index * step) % HOT_CONTACTS}`,
      offer_id: 'o0',
      revenue: (index % 997) / 100,
    })),
  );
  const accepted = {
    kind: kinds.revenue.spec,
    requestId: 'test',
    recordCount,
    chunks: [records],
    rejected: [],
    virtualTime: 0,
  };
  await acceptImport(db, { ...ref, ...accepted });
  return ref;
}

test('a chunk that is delivered again changes nothing, and gives back what was recorded', async () => {
  const ref = { ...(await accept(3, 1)), chunkIndex: 0 };
  expect(await kinds.revenue.saveChunk(db, ref)).toEqual(savedChunk(3));
  const before = await database.sql.query('SELECT * FROM list_contacts ORDER BY id');
  expect(await kinds.revenue.saveChunk(db, ref)).toEqual({ ...savedChunk(3), saved: false, rowBytes: 0 });
  expect((await database.sql.query('SELECT * FROM list_contacts ORDER BY id')).rows).toEqual(before.rows);
});

test('a chunk that is not in the ledger is not saved', async () => {
  expect(
    await kinds.revenue.saveChunk(db, { accountId: account.id, importId: uuidv7(), chunkIndex: 0 }),
  ).toBeUndefined();
});

test('a chunk is not saved for another account', async () => {
  const ref = { ...(await accept(3, 1)), chunkIndex: 0 };
  const other = await addAccount(database.sql);
  expect(await kinds.revenue.saveChunk(db, { ...ref, accountId: other.id })).toBeUndefined();
  expect(await readOutcomes(db, [{ ...ref, accountId: other.id }])).toEqual(new Map());
});

test('every chunk delivered twice at once, by many callers, to shared contacts: no deadlock, exact sums', async () => {
  const steps = [1, 3, 7, 9, 11, 13, 17, 19];
  const save = async (step: number) => {
    const saved: boolean[] = [];
    for (let round = 0; round < 12; round += 1) {
      const ref = { ...(await accept(200, step)), chunkIndex: 0 };
      const deliveries = await Promise.all([kinds.revenue.saveChunk(db, ref), kinds.revenue.saveChunk(db, ref)]);
      for (const delivery of deliveries) saved.push(delivery?.saved ?? false);
    }
    return saved;
  };
  const saved = (await Promise.all(steps.slice(0, CALLERS).map(save))).flat();

  expect(saved.filter(Boolean)).toHaveLength(saved.length / 2);
  expect(await countDrift(db, account.id)).toBe(0);
});

test('drift is counted, whichever side is wrong', async () => {
  const contact = `(SELECT min(id) FROM list_contacts WHERE account_id = ${account.id})`;
  const changes = [
    `UPDATE list_contacts SET revenue_total = revenue_total + 0.0001 WHERE id = ${contact}`,
    `UPDATE list_contacts SET conversion_count = conversion_count + 1 WHERE id = ${contact}`,
    `UPDATE list_contacts SET last_revenue_at = NULL WHERE id = ${contact}`,
    `DELETE FROM list_contacts WHERE id = ${contact}`,
  ];
  for (const change of changes) {
    await database.sql.query(change);
    expect(await countDrift(db, account.id)).toBe(1);
  }
});
