import type { ChunkRef } from '@trackly/contract';
import { acceptImport, kinds, requestUndo, type Kind } from '@trackly/db';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';

import { readDrift } from '../support/account-state.ts';
import { checkedRecords } from '../support/checked-records.ts';
import { eventually } from '../support/eventually.ts';
import { useLedger } from '../support/ledger.ts';
import { holdTurn } from '../support/hold-turn.ts';

const ledger = useLedger({ applicationName: 'racing' });
const { offers, revenue } = kinds;

async function accept(kind: Kind<string>, sent: Record<string, unknown>[]): Promise<ChunkRef> {
  const { db, account } = ledger();
  const ref = { accountId: account.id, importId: uuidv7() };
  const records = checkedRecords(kind.spec, sent);
  const added = { kind: kind.spec, requestId: 'test', recordCount: sent.length, chunks: [records] };
  await acceptImport(db, { ...ref, ...added, rejected: [], virtualTime: 0 });
  return { ...ref, chunkIndex: 0 };
}

const earned = (offerId: string) => [{ message_id: 'm0', offer_id: offerId, revenue: 1 }];
const undoing = (chunk: ChunkRef) => offers.undoChunk(ledger().db, chunk, 100);

/** Waits until so many of our statements wait for the account's turn. */
async function untilWaiting(count: number): Promise<void> {
  const { database } = ledger();
  await eventually(async () => {
    const { rows } = await database.sql.query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'racing' AND wait_event = 'advisory'`,
    );
    expect(rows).toHaveLength(count);
  });
}

let made: ChunkRef;
let holder: pg.PoolClient;

/** An import of an offer, whose undo is requested, while a foreign transaction keeps the account's turn. */
beforeEach(async () => {
  const { database, db, account, cleanup } = ledger();
  made = await accept(offers, [{ id: 'made', name: 'Made', external_id: 'ext' }]);
  await offers.saveChunk(db, made);
  await requestUndo(db, offers.spec, { ...made, requestId: 'test', chunkSize: 1_000, virtualTime: 0 });
  holder = await holdTurn(database.sql, account.id);
  cleanup.defer(() => holder.release(true));
});

test.for(['made', 'ext'])('revenue that has found the offer as %s keeps it', async (ref) => {
  const { database, db, account } = ledger();
  const saving = revenue.saveChunk(db, await accept(revenue, earned(ref)));
  await untilWaiting(1);
  expect(await undoing(made)).toMatchObject({ status: 'others_open' });
  await holder.query('COMMIT');
  expect(await saving).toMatchObject({ successCount: 1 });
  expect(await undoing(made)).toMatchObject({ status: 'in_use' });
  const { rows } = await database.sql.query<{ missing: number }>(
    `SELECT count(*)::integer AS missing FROM revenue_records AS record
     WHERE NOT EXISTS (SELECT FROM offers WHERE offers.account_id = record.account_id AND offers.id = record.offer_id)`,
  );
  expect(rows).toEqual([{ missing: 0 }]);
  expect(await readDrift(database, account)).toBe(0);
});

test('revenue that comes after the mark does not find the offer', async () => {
  const { database, db, account } = ledger();
  expect(await undoing(made)).toMatchObject({ status: 'turn_taken' });
  const saving = revenue.saveChunk(db, await accept(revenue, [...earned('made'), ...earned('ext'), ...earned('o0')]));
  await untilWaiting(1);
  await holder.query('COMMIT');
  expect(await saving).toMatchObject({ successCount: 1, errorCodes: { offer_not_found: 2 } });
  expect(await undoing(made)).toEqual({ status: 'undone', removedCount: 1 });
  expect(await readDrift(database, account)).toBe(0);
});

test('a trial of revenue that has found the offer, and is not decided yet, keeps it', async () => {
  const { database, db } = ledger();
  await holder.query('COMMIT');
  const trial = await accept(revenue, earned('made'));
  await database.sql.query('UPDATE imports SET is_atomic = true WHERE id = $1', [trial.importId]);
  await db.$transaction(async (tx) => {
    expect(await revenue.saveChunk(tx, trial, true)).toMatchObject({ successCount: 1 });
    expect(await undoing(made)).toMatchObject({ status: 'others_open' });
  });
  expect(await undoing(made)).toMatchObject({ status: 'in_use' });
});

test('two imports that bring the same offer at once agree on which was first', async () => {
  const { db } = ledger();
  const both = [await accept(offers, [{ id: 'x', name: 'A' }]), await accept(offers, [{ id: 'x', name: 'B' }])];
  const saving = both.map((chunk) => offers.saveChunk(db, chunk));
  await untilWaiting(2);
  await holder.query('COMMIT');
  const outcomes = await Promise.all(saving);
  const counts = outcomes.map((outcome) => ({ saved: outcome?.successCount, skipped: outcome?.skippedCount }));
  expect(counts).toContainEqual({ saved: 1, skipped: 0 });
  expect(counts).toContainEqual({ saved: 0, skipped: 1 });
});
