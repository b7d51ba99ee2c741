import type { ChunkRef } from '@trackly/contract';
import { acceptImport, kinds, openDatabase, requestUndo, splitChunk, stopImport } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';

import { openTcpProxy } from '../lab/proxy.ts';
import { readAccountState, readDrift } from '../support/account-state.ts';
import { eventually } from '../support/eventually.ts';
import { useLedger } from '../support/ledger.ts';
import { HANGS_AFTER_MS } from '../support/limits.ts';
import { checkedRecords } from '../support/checked-records.ts';
import { holdTurn } from '../support/hold-turn.ts';

const ledger = useLedger({ applicationName: 'racing' });

/** One chunk, of a record for each time. */
async function accept(...times: string[]): Promise<ChunkRef> {
  const { db, account } = ledger();
  const ref = { accountId: account.id, importId: uuidv7() };
  const records = checkedRecords(
    kinds.revenue.spec,
    times.map((timestamp) => ({ message_id: 'm0', offer_id: 'o0', revenue: 1, timestamp })),
  );
  const added = { kind: kinds.revenue.spec, requestId: 'test', recordCount: times.length, chunks: [records] };
  await acceptImport(db, { ...ref, ...added, rejected: [], virtualTime: 0 });
  return { ...ref, chunkIndex: 0 };
}

/** As if it had been waiting for long already, so that it stands in line for the turn for as long as it may. */
async function requestWhole(chunk: ChunkRef): Promise<void> {
  const { database, db } = ledger();
  await requestUndo(db, kinds.revenue.spec, { ...chunk, requestId: 'test', chunkSize: 1_000, virtualTime: 0 });
  await database.sql.query(
    `UPDATE imports SET undo_requested_at = now() - interval '1 hour' WHERE undo_requested_at IS NOT NULL`,
  );
}

/** Waits until so many of our statements wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  const { database } = ledger();
  await eventually(async () => {
    const { rows } = await database.sql.query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'racing' AND wait_event_type = 'Lock'`,
    );
    expect(rows).toHaveLength(count);
  });
}

test('what another chunk saves at the same time counts for the latest time of a contact', async () => {
  const { database, db, account, cleanup } = ledger();
  await kinds.revenue.saveChunk(db, await accept('2025-01-01T00:00:00Z'));
  const undone = await accept('2025-03-01T00:00:00Z');
  await kinds.revenue.saveChunk(db, undone);
  await requestWhole(undone);
  const between = await accept('2025-02-01T00:00:00Z');

  // A foreign transaction keeps the account's turn until both wait for it, the saving chunk first.
  const holder = await holdTurn(database.sql, account.id);
  cleanup.defer(() => holder.release(true));
  const saving = kinds.revenue.saveChunk(db, between);
  await untilWaiting(1);
  const undoing = kinds.revenue.undoChunk(db, undone, 100);
  await untilWaiting(2);
  await holder.query('COMMIT');

  await Promise.all([saving, undoing]);
  expect((await readAccountState(database.sql, account)).contacts[0]).toEqual({
    revenue_total: '2.0000',
    conversion_count: 2,
    last_revenue_at: '2025-02-01T00:00:00.000000Z',
  });
});

test('a chunk that is delivered twice is undone once, and says so twice', async () => {
  const { database, db, account } = ledger();
  const chunk = await accept('2025-01-01T00:00:00Z', '2025-01-02T00:00:00Z');
  await kinds.revenue.saveChunk(db, chunk);
  await requestWhole(chunk);
  const outcomes = await Promise.all([1, 2, 3].map(() => kinds.revenue.undoChunk(db, chunk, 100)));
  expect(outcomes.filter((outcome) => outcome?.status === 'undone')).toHaveLength(1);
  const others = outcomes.map((outcome) => outcome?.status).filter((status) => status !== 'undone');
  expect(others.every((status) => status === 'undone_before' || status === 'turn_taken')).toBe(true);
  expect(await kinds.revenue.undoChunk(db, chunk, 100)).toEqual({ status: 'undone_before', removedCount: 0 });
  const removed = outcomes.map((outcome) => outcome?.removedCount ?? 0);
  expect(removed.reduce((sum, count) => sum + count)).toBe(2);
  expect(await readDrift(database, account)).toBe(0);
});

test('an undo does not wait for another one of its account, and not for long for the turn', async () => {
  const { database, db, account, cleanup } = ledger();
  const chunk = await accept('2025-01-01T00:00:00Z');
  await kinds.revenue.saveChunk(db, chunk);
  await requestUndo(db, kinds.revenue.spec, { ...chunk, requestId: 'test', chunkSize: 1_000, virtualTime: 0 });
  const holder = await database.sql.connect();
  cleanup.defer(() => holder.release(true));
  for (const what of ['undo', 'contact-stats']) {
    await holder.query('BEGIN');
    await holder.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, $2))`, [what, account.id]);
    expect(await kinds.revenue.undoChunk(db, chunk, 100)).toEqual({ status: 'turn_taken', removedCount: 0 });
    await holder.query('COMMIT');
  }
  expect(await kinds.revenue.undoChunk(db, chunk, 100)).toEqual({ status: 'undone', removedCount: 1 });
});

test('what waits to be undone is undone together, each with its own count', async () => {
  const { database, db, account } = ledger();
  await kinds.revenue.saveChunk(db, await accept('2025-01-01T00:00:00Z'));
  const first = await accept('2025-03-01T00:00:00Z', '2025-03-02T00:00:00Z');
  const second = await accept('2025-02-01T00:00:00Z');
  const open = await accept('2025-04-01T00:00:00Z');
  for (const chunk of [first, second]) await kinds.revenue.saveChunk(db, chunk);
  for (const chunk of [first, second]) await requestWhole(chunk);

  expect(await kinds.revenue.undoChunk(db, first, 100)).toEqual({ status: 'undone', removedCount: 3 });
  expect(await kinds.revenue.undoChunk(db, second, 100)).toEqual({ status: 'undone_before', removedCount: 0 });
  const { rows } = await database.sql.query('SELECT removed_count FROM undo_chunks ORDER BY import_id');
  expect(rows).toEqual([{ removed_count: 2 }, { removed_count: 1 }]);
  expect((await readAccountState(database.sql, account)).contacts[0]).toEqual({
    revenue_total: '1.0000',
    conversion_count: 1,
    last_revenue_at: '2025-01-01T00:00:00.000000Z',
  });
  expect(await kinds.revenue.saveChunk(db, open)).toMatchObject({ saved: true });
  expect(await readDrift(database, account)).toBe(0);
});

test('nothing is removed while a chunk of the import is open', async () => {
  const { database, db, cleanup } = ledger();
  const chunk = await accept('2025-01-01T00:00:00Z', '2025-01-02T00:00:00Z');
  const holder = await database.sql.connect();
  cleanup.defer(() => holder.release(true));
  // As if it were just being saved: such a chunk is not stopped by the request.
  await holder.query('BEGIN');
  await holder.query('SELECT FROM import_chunks FOR UPDATE');
  await requestWhole(chunk);
  await holder.query('ROLLBACK');

  expect(await kinds.revenue.undoChunk(db, chunk, 100)).toMatchObject({ status: 'import_open', removedCount: 0 });
  await splitChunk(db, kinds.revenue.spec, chunk);
  await stopImport(db, kinds.revenue.spec, chunk);
  expect(await kinds.revenue.saveChunk(db, chunk)).toMatchObject({ saved: false, successCount: 0 });
  expect(await kinds.revenue.undoChunk(db, chunk, 100)).toMatchObject({ status: 'undone', removedCount: 0 });
});

test('a chunk that is being saved is waited for, and then removed', async () => {
  const { database, db, account, cleanup } = ledger();
  const chunk = await accept('2025-01-01T00:00:00Z');
  const holder = await database.sql.connect();
  cleanup.defer(() => holder.release(true));
  await holder.query('BEGIN');
  await holder.query('SELECT FROM list_contacts FOR UPDATE');
  const saving = kinds.revenue.saveChunk(db, chunk);
  await untilWaiting(1);
  await requestWhole(chunk);
  const stopping = stopImport(db, kinds.revenue.spec, chunk);
  await untilWaiting(2);
  await holder.query('COMMIT');

  expect(await saving).toMatchObject({ saved: true, successCount: 1 });
  await stopping;
  expect(await kinds.revenue.undoChunk(db, chunk, 100)).toMatchObject({ status: 'undone', removedCount: 1 });
  expect(await readAccountState(database.sql, account)).toMatchObject({
    rows: 0,
    contacts: [{ revenue_total: '0.0000', conversion_count: 0, last_revenue_at: null }, {}, {}],
  });
});

test('a worker that is cut off in the middle of it does not keep the turn', async () => {
  const { database, db, account, cleanup } = ledger();
  const chunk = await accept('2025-01-01T00:00:00Z');
  await kinds.revenue.saveChunk(db, chunk);
  await requestWhole(chunk);
  const url = new URL(database.url);
  const proxy = cleanup.use(await openTcpProxy(Number(url.port)));
  url.port = String(proxy.port);
  const cutOff = openDatabase({
    url: url.href,
    poolSize: 1,
    applicationName: 'racing',
    statementTimeoutMs: HANGS_AFTER_MS,
  });
  cleanup.defer(() => cutOff.$disconnect());

  const holder = await holdTurn(database.sql, account.id);
  cleanup.defer(() => holder.release(true));
  const failing = kinds.revenue.undoChunk(cutOff, chunk, 100).catch((error: unknown) => error);
  await untilWaiting(1);
  proxy.stall('answers');
  await holder.query('COMMIT');

  // It has the turn now, and does not know.
  await eventually(async () =>
    expect(await kinds.revenue.undoChunk(db, chunk, 100)).toMatchObject({ status: 'undone', removedCount: 1 }),
  );
  proxy.reset();
  expect(await failing).toMatchObject({ name: 'DatabaseError', isTransient: true });
});

test('a chunk that is not in the ledger is none', async () => {
  const { db, account } = ledger();
  expect(
    await kinds.revenue.undoChunk(db, { accountId: account.id, importId: uuidv7(), chunkIndex: 0 }, 100),
  ).toBeUndefined();
});
