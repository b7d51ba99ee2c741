import type { ChunkRef } from '@trackly/contract';
import { acceptImport, kinds, openDatabase, type Database } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';

import { addAccount, addContacts, addMessages, addOffers, type TestAccount } from './support/catalog.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { eventually } from './support/eventually.ts';
import { checkedRecords } from './support/checked-records.ts';
import { PATIENT } from './support/limits.ts';
import { savedChunk } from './support/saved-chunk.ts';

async function addCatalog({ sql }: TestDatabase, account: TestAccount): Promise<string[]> {
  const contacts = await addContacts(sql, account, 3);
  const messages = contacts.map((listContactId, index) => ({ id: `m${index}`, listContactId }));
  await addMessages(sql, account, messages);
  await addOffers(sql, account, [{ id: 'o0' }]);
  return contacts;
}

async function acceptChunk(db: Database, account: TestAccount): Promise<ChunkRef> {
  const ref = { accountId: account.id, importId: uuidv7() };
  const records = checkedRecords(
    kinds.revenue.spec,
    ['m1', 'm2', 'm0'].map((id) => ({ message_id: id, offer_id: 'o0', revenue: 1 })),
  );
  const added = {
    kind: kinds.revenue.spec,
    requestId: 'test',
    recordCount: 3,
    chunks: [records],
    rejected: [],
    virtualTime: 0,
  };
  await acceptImport(db, { ...ref, ...added });
  return { ...ref, chunkIndex: 0 };
}

test('of one account, one chunk at a time changes contacts; other accounts go on', async () => {
  await using cleanup = new AsyncDisposableStack();
  const database = cleanup.use(await createDatabase());
  const { url, sql } = database;
  const db = openDatabase({ url, poolSize: 3, applicationName: 'saving', ...PATIENT });
  cleanup.defer(() => db.$disconnect());
  const [account, otherAccount] = [await addAccount(sql), await addAccount(sql)];
  const contacts = await addCatalog(database, account);
  await addCatalog(database, otherAccount);
  const [first, second] = [await acceptChunk(db, account), await acceptChunk(db, account)];

  const holder = await sql.connect();
  cleanup.defer(() => holder.release(true));
  await holder.query('BEGIN');
  await holder.query('SELECT FROM list_contacts WHERE id = $1 FOR UPDATE', [contacts[0]]);
  const saving = [kinds.revenue.saveChunk(db, first), kinds.revenue.saveChunk(db, second)];
  await eventually(async () => {
    const { rows } = await sql.query<{ wait_event: string }>(
      `SELECT wait_event FROM pg_stat_activity WHERE application_name = 'saving' AND wait_event_type = 'Lock'`,
    );
    // One waits for the contact, the other for its turn: it has not touched any contact.
    expect(rows.map((row) => row.wait_event).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'advisory',
      'transactionid',
    ]);
  });
  expect(await kinds.revenue.saveChunk(db, await acceptChunk(db, otherAccount))).toEqual(savedChunk(3));
  await holder.query('COMMIT');

  expect(await Promise.all(saving)).toEqual([savedChunk(3), savedChunk(3)]);
});
