import type { ChunkRef } from '@trackly/contract';
import { acceptImport, kinds, requestUndo } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';

import { checkedRecords } from '../support/checked-records.ts';
import { eventually } from '../support/eventually.ts';
import { useLedger } from '../support/ledger.ts';
import { holdTurn } from '../support/hold-turn.ts';
import { addLists, LIST, phone, readListContacts } from './contacts.ts';

const ledger = useLedger({ applicationName: 'racing' });

beforeEach(async () => {
  const { database, account } = ledger();
  await database.sql.query('DELETE FROM list_contacts');
  await addLists(database.sql, account);
});

const { contacts, revenue } = kinds;

/** One chunk with one contact. */
async function accept(customFields: object): Promise<ChunkRef> {
  const { db, account } = ledger();
  const ref = { accountId: account.id, importId: uuidv7() };
  const sent = [{ phone_number: phone(0), list_number: LIST, custom_fields: customFields }];
  const chunks = [checkedRecords(contacts.spec, sent)];
  await acceptImport(db, {
    ...ref,
    kind: contacts.spec,
    requestId: 'test',
    recordCount: 1,
    chunks,
    rejected: [],
    virtualTime: 0,
  });
  return { ...ref, chunkIndex: 0 };
}

async function acceptRevenue(): Promise<ChunkRef> {
  const { db, account } = ledger();
  const ref = { accountId: account.id, importId: uuidv7() };
  const chunks = [checkedRecords(revenue.spec, [{ message_id: 'late', offer_id: 'o0', revenue: 1 }])];
  const added = { ...ref, kind: revenue.spec, requestId: 'test', recordCount: 1, chunks, rejected: [], virtualTime: 0 };
  await acceptImport(db, added);
  return { ...ref, chunkIndex: 0 };
}

async function startUndo(chunk: ChunkRef): Promise<ChunkRef> {
  const [undo] = await requestUndo(ledger().db, contacts.spec, {
    ...chunk,
    requestId: 'test',
    chunkSize: 1000,
    virtualTime: 0,
  });
  return { ...chunk, chunkIndex: undo?.chunkIndex ?? -1 };
}

/** As a worker does, which is given the job again and again. */
async function undoAsWorker(chunk: ChunkRef): Promise<string | undefined> {
  for (;;) {
    const undone = await contacts.undoChunk(ledger().db, chunk, 50);
    if (undone?.status !== 'turn_taken' && undone?.status !== 'others_open') return undone?.status;
  }
}

async function keepTurn() {
  const { database, account, cleanup } = ledger();
  const holder = await holdTurn(database.sql, account.id);
  cleanup.defer(() => holder.release(true));
  return () => holder.query('COMMIT');
}

const untilWaiting = () =>
  eventually(async () => {
    const { rows } = await ledger().database.sql.query(
      `SELECT FROM pg_stat_activity
       WHERE application_name = 'racing' AND wait_event_type = 'Lock' AND query LIKE '%save-%'`,
    );
    expect(rows).toHaveLength(1);
  });

const stored = () => readListContacts(ledger().database.sql, ledger().account);

test('a contact that another import changes before the undo has the turn is kept', async () => {
  const made = await accept({ a: 1 });
  await contacts.saveChunk(ledger().db, made);
  const again = await accept({ b: 2 });
  const undoing = await startUndo(made);

  const release = await keepTurn();
  const saving = contacts.saveChunk(ledger().db, again);
  await untilWaiting();
  const undone = undoAsWorker(undoing);
  await release();
  expect(await saving).toMatchObject({ successCount: 1 });
  expect(await undone).toBe('in_use');
  expect(await stored()).toMatchObject([
    { custom_fields: { a: 1, b: 2 }, import_id: made.importId, changed_import_ids: [again.importId] },
  ]);
});

test('a contact that another import has changed is kept while it is open whether that import is undone', async () => {
  const { db } = ledger();
  const made = await accept({ a: 1 });
  await contacts.saveChunk(db, made);
  const again = await accept({ b: 2 });
  await contacts.saveChunk(db, again);
  const undoingAgain = await startUndo(again);
  expect(await undoAsWorker(await startUndo(made))).toBe('in_use');
  expect(await undoAsWorker(undoingAgain)).toBe('undone');
  expect(await undoAsWorker(await startUndo(made))).toBe('undone');
  expect(await stored()).toEqual([]);
});

test('a contact that is removed while an import that names it waits is made anew', async () => {
  const { database, account, cleanup, db } = ledger();
  const made = await accept({ a: 1 });
  await contacts.saveChunk(db, made);
  const again = await accept({ b: 2 });

  // The undo, as far as others see it: in a transaction that has the turn until the other import waits for it.
  const holder = await holdTurn(database.sql, account.id);
  cleanup.defer(() => holder.release(true));
  const saving = contacts.saveChunk(db, again);
  await untilWaiting();
  await holder.query('DELETE FROM list_contact_details WHERE account_id = $1', [account.id]);
  await holder.query('DELETE FROM list_contacts WHERE account_id = $1', [account.id]);
  await holder.query('DELETE FROM contacts WHERE account_id = $1 AND phone_number = $2', [account.id, phone(0)]);
  await holder.query('COMMIT');

  expect(await saving).toMatchObject({ successCount: 1, errorCount: 0 });
  expect(await stored()).toMatchObject([{ custom_fields: { b: 2 }, import_id: again.importId }]);
});

test('revenue that waits while its contact is removed is rejected, and refers to nothing', async () => {
  const { database, account, db, cleanup } = ledger();
  const made = await accept({ a: 1 });
  await contacts.saveChunk(db, made);
  await database.sql.query(
    `INSERT INTO messages (account_id, public_id, list_contact_id, sent_at)
     SELECT account_id, 'late', id, now() FROM list_contacts WHERE account_id = $1`,
    [account.id],
  );
  const late = await acceptRevenue();

  const holder = await holdTurn(database.sql, account.id);
  cleanup.defer(() => holder.release(true));
  const saving = revenue.saveChunk(db, late);
  await untilWaiting();
  await holder.query(`DELETE FROM messages WHERE public_id = 'late'`);
  await holder.query('DELETE FROM list_contacts WHERE account_id = $1', [account.id]);
  await holder.query('COMMIT');

  expect(await saving).toMatchObject({ successCount: 0, errorCodes: { contact_not_found: 1 } });
  expect((await database.sql.query('SELECT FROM revenue_records')).rows).toEqual([]);
});

test('revenue that is saved before the undo has the turn keeps its contact', async () => {
  const { database, account, db } = ledger();
  const made = await accept({ a: 1 });
  await contacts.saveChunk(db, made);
  await database.sql.query(
    `INSERT INTO messages (account_id, public_id, list_contact_id, sent_at)
     SELECT account_id, 'late', id, now() FROM list_contacts WHERE account_id = $1`,
    [account.id],
  );
  const late = await acceptRevenue();
  const undoing = await startUndo(made);
  const release = await keepTurn();
  const saving = revenue.saveChunk(db, late);
  await untilWaiting();
  // Nothing else refers to the contact: only the revenue that is on its way.
  await database.sql.query(`DELETE FROM messages WHERE public_id = 'late'`);
  const undone = undoAsWorker(undoing);
  await release();
  expect(await saving).toMatchObject({ successCount: 1 });
  expect(await undone).toBe('in_use');
  expect(await stored()).toHaveLength(1);
});
