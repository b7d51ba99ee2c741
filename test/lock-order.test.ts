import { acceptImport, openDatabase, saveRevenueChunk } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { expect, test, vi } from 'vitest';

import { addAccount, addContacts, addMessages, addOffers } from './support/catalog.ts';
import { createDatabase } from './support/database.ts';

test('a chunk locks its contacts in id order, whatever the order of its records and of the rows on disk', async () => {
  await using cleanup = new AsyncDisposableStack();
  const { url, sql } = cleanup.use(await createDatabase());
  const db = openDatabase({ url, poolSize: 1, applicationName: 'saving' });
  cleanup.defer(() => db.$disconnect());
  const account = await addAccount(sql);
  const contacts = await addContacts(sql, account, 3);
  const [first = ''] = contacts;
  await addMessages(
    sql,
    account,
    contacts.map((listContactId, index) => ({ id: `m${index}`, listContactId })),
  );
  await addOffers(sql, account, [{ id: 'o0' }]);
  // A row that is updated moves behind the others on disk.
  await sql.query('UPDATE list_contacts SET conversion_count = 0 WHERE id = $1', [first]);

  const chunk = { accountId: account.id, importId: uuidv7(), chunkIndex: 0 };
  const records = ['m1', 'm2', 'm0'].map((id, index) => ({
    record_index: index,
    message_id: id,
    offer_id: 'o0',
    revenue: 1,
  }));
  await acceptImport(db, {
    ...chunk,
    kind: 'revenue',
    requestId: 'test',
    recordCount: 3,
    chunks: [records],
    rejected: [],
    virtualTime: 0,
  });

  const other = await sql.connect();
  await other.query('BEGIN');
  await other.query('SELECT FROM list_contacts WHERE id = $1 FOR UPDATE', [first]);
  const saving = saveRevenueChunk(db, chunk);
  await vi.waitFor(async () => {
    const waiting = `SELECT FROM pg_stat_activity WHERE application_name = 'saving' AND wait_event_type = 'Lock'`;
    expect(await sql.query(waiting)).toMatchObject({ rowCount: 1 });
  });
  // It waits for the first contact, so it must not have the others yet: whoever has the first may want them too.
  const free = await sql.query('SELECT id::text FROM list_contacts WHERE id <> $1 FOR UPDATE SKIP LOCKED', [first]);
  await other.query('COMMIT');
  other.release();

  expect(free.rows).toEqual(contacts.slice(1).map((id) => ({ id })));
  expect(await saving).toEqual({ saved: true, successCount: 3, errorCount: 0, errorCodes: {} });
});
