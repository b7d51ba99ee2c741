import type { ChunkRef } from '@trackly/contract';
import { acceptImport, kinds, requestUndo, saveWhatFits, type Kind } from '@trackly/db';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';

import { readDrift } from '../support/account-state.ts';
import type { TestAccount } from '../support/catalog.ts';
import { checkedRecords } from '../support/checked-records.ts';
import { eventually } from '../support/eventually.ts';
import { useLedger } from '../support/ledger.ts';
import { holdTurn } from '../support/hold-turn.ts';
import { addSender, person, readMessages, readNumbers, readRecipients, send } from './support.ts';

const ledger = useLedger({ applicationName: 'racing', poolSize: 8 });
let account: TestAccount;

beforeEach(async () => {
  account = await addSender(ledger().database.sql);
});

async function accept(kind: Kind<string>, sent: Record<string, unknown>[]): Promise<ChunkRef> {
  const ref = { accountId: account.id, importId: uuidv7() };
  const records = checkedRecords(kind.spec, sent);
  const added = { kind: kind.spec, requestId: 'test', recordCount: sent.length, chunks: [records], rejected: [] };
  await acceptImport(ledger().db, { ...ref, ...added, virtualTime: 0 });
  return { ...ref, chunkIndex: 0 };
}

const acceptRevenue = (...messageIds: string[]) =>
  accept(
    kinds.revenue,
    messageIds.map((id) => ({ message_id: id, offer_id: 'o0', revenue: 1, timestamp: '2025-02-01' })),
  );

async function save(sent: Record<string, unknown>[]): Promise<ChunkRef> {
  const chunk = await accept(kinds.sends, sent);
  await kinds.sends.saveChunk(ledger().db, chunk);
  return chunk;
}

/** Requests the undo of an import, and returns its chunk. */
async function request({ accountId, importId }: ChunkRef): Promise<ChunkRef> {
  const ref = { accountId, importId };
  const [chunk] = await requestUndo(ledger().db, kinds.sends.spec, {
    ...ref,
    requestId: 'test',
    chunkSize: 1,
    virtualTime: 0,
  });
  return { ...ref, chunkIndex: chunk?.chunkIndex ?? -1 };
}

const undo = (chunk: ChunkRef) => kinds.sends.undoChunk(ledger().db, chunk, 1);

/** A foreign transaction that has the account's turn. */
async function takeTurn(): Promise<pg.PoolClient> {
  const { database, cleanup } = ledger();
  const holder = await holdTurn(database.sql, account.id);
  cleanup.defer(() => holder.release(true));
  return holder;
}

async function untilWaiting(count: number): Promise<void> {
  await eventually(async () => {
    const { rows } = await ledger().database.sql.query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'racing' AND wait_event_type = 'Lock'`,
    );
    expect(rows).toHaveLength(count);
  });
}

const revenueRows = async () =>
  (await ledger().database.sql.query('SELECT FROM revenue_records WHERE account_id = $1', [account.id])).rowCount;
const ids = async () => (await readMessages(ledger().database.sql, account)).map(({ id }) => id);
const drift = () => readDrift(ledger().database, account);

test('revenue that has found a message, and waits for its turn, keeps the message', async () => {
  const undone = await request(await save([send('a', 1), send('b', 2)]));
  const revenue = await acceptRevenue('a');
  const holder = await takeTurn();
  const saving = kinds.revenue.saveChunk(ledger().db, revenue);
  await untilWaiting(1);

  // It would find no revenue now.
  expect(await undo(undone)).toEqual({ status: 'others_open', removedCount: 0 });
  await holder.query('COMMIT');
  expect(await saving).toMatchObject({ successCount: 1 });

  expect(await undo(undone)).toEqual({ status: 'in_use', removedCount: 0 });
  expect(await ids()).toEqual(['a', 'b']);
  expect(await revenueRows()).toBe(1);
  expect(await drift()).toBe(0);
  const { rows } = await ledger().database.sql.query('SELECT in_use FROM undo_chunks');
  expect(rows).toEqual([{ in_use: { revenue: 1 } }]);
});

test('revenue that comes after the mark does not find the message', async () => {
  const undone = await request(await save([send('a', 1), send('b', 2)]));
  const holder = await takeTurn();
  expect(await undo(undone)).toEqual({ status: 'turn_taken', removedCount: 0 });

  const late = await kinds.revenue.saveChunk(ledger().db, await acceptRevenue('a'));
  expect(late).toMatchObject({ successCount: 0, errorCodes: { message_not_found: 1 } });
  await holder.query('COMMIT');

  expect(await undo(undone)).toEqual({ status: 'undone', removedCount: 2 });
  expect(await ids()).toEqual([]);
  expect(await revenueRows()).toBe(0);
  expect(await readNumbers(ledger().database.sql, account)).toEqual([]);
  expect(await drift()).toBe(0);
});

test('revenue that found a message before the mark and revenue that comes after it, at once', async () => {
  const undone = await request(await save([send('a', 1), send('b', 2)]));
  const holder = await takeTurn();
  const early = kinds.revenue.saveChunk(ledger().db, await acceptRevenue('a'));
  await untilWaiting(1);
  expect(await undo(undone)).toMatchObject({ status: 'others_open' });
  // For as long as it is not decided whether the messages stay, nobody new may refer to them.
  const late = await kinds.revenue.saveChunk(ledger().db, await acceptRevenue('b'));
  expect(late).toMatchObject({ successCount: 0, errorCodes: { message_not_found: 1 } });
  await holder.query('COMMIT');
  expect(await early).toMatchObject({ successCount: 1 });
  expect(await undo(undone)).toMatchObject({ status: 'in_use' });

  // The refused undo has taken the mark away.
  expect(await kinds.revenue.saveChunk(ledger().db, await acceptRevenue('b'))).toMatchObject({ successCount: 1 });
  expect(await drift()).toBe(0);
});

test('sends that wait for their turn, with the same messages, come before the undo', async () => {
  const undone = await request(await save([send('a', 1)]));
  const again = await accept(kinds.sends, [send('a', 1), send('c', 1)]);
  const holder = await takeTurn();
  const saving = kinds.sends.saveChunk(ledger().db, again);
  await untilWaiting(1);
  expect(await undo(undone)).toMatchObject({ status: 'others_open' });
  await holder.query('COMMIT');
  expect(await saving).toMatchObject({ successCount: 1, skippedCount: 1 });

  expect(await undo(undone)).toEqual({ status: 'undone', removedCount: 1 });
  expect(await ids()).toEqual(['c']);
  expect(await readRecipients(ledger().database.sql, account)).toMatchObject([{ to: person(1), send_count: 1 }]);
  expect(await drift()).toBe(0);
});

test('sends that come after the undo make the contact anew', async () => {
  const undone = await request(await save([send('a', 1)]));
  expect(await undo(undone)).toMatchObject({ status: 'undone' });
  await save([send('a', 1)]);
  expect(await ids()).toEqual(['a']);
  expect(await readRecipients(ledger().database.sql, account)).toMatchObject([{ to: person(1), send_count: 1 }]);
  expect(await drift()).toBe(0);
});

test('chunks that make the same contacts wait for each other, whatever they saw before', async () => {
  const chunks = await Promise.all(
    [0, 1, 2, 3].map((chunk) =>
      accept(
        kinds.sends,
        [0, 1, 2].map((to) => send(`m${chunk}-${to}`, to, { timestamp: `2025-01-0${chunk + 1}` })),
      ),
    ),
  );
  const holder = await takeTurn();
  const saving = chunks.map((chunk) => kinds.sends.saveChunk(ledger().db, chunk));
  await untilWaiting(4);
  await holder.query('COMMIT');
  for (const saved of await Promise.all(saving)) expect(saved).toMatchObject({ successCount: 3 });
  expect(await readRecipients(ledger().database.sql, account)).toMatchObject(
    [0, 1, 2].map((to) => ({ to: person(to), send_count: 4, last_sent_at: '2025-01-04T00:00:00Z' })),
  );
  expect(await drift()).toBe(0);
});

test('a live message that comes in between is skipped', async () => {
  const { sql } = ledger().database;
  await save([send('other', 1)]);
  const { rows } = await sql.query<{ id: string }>('SELECT id FROM list_contacts WHERE account_id = $1', [account.id]);
  const chunk = await accept(kinds.sends, [send('live', 1), send('new', 2)]);
  const live = await sql.connect();
  ledger().cleanup.defer(() => live.release(true));
  await live.query('BEGIN');
  await live.query(
    `INSERT INTO messages (account_id, public_id, list_contact_id, sent_at) VALUES ($1, 'live', $2, '2025-01-01')`,
    [account.id, rows[0]?.id],
  );
  await live.query('UPDATE list_contacts SET send_count = send_count + 1 WHERE account_id = $1', [account.id]);
  const saving = kinds.sends.saveChunk(ledger().db, chunk);
  await untilWaiting(1);
  await Promise.all([expect(saving).rejects.toMatchObject({ kind: 'data' }), live.query('COMMIT')]);

  expect(await saveWhatFits(ledger().db, kinds.sends, chunk)).toMatchObject({ successCount: 1, skippedCount: 1 });
  expect(await ids()).toEqual(['live', 'new', 'other']);
  expect(await drift()).toBe(0);
});
