import { acceptImport, holdLease, kinds, removeOldImports } from '@trackly/db';
import { openProducer, type Producer } from '@trackly/queue';
import { createLogger } from '@trackly/runtime';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { startChore, type Chore } from '../apps/worker/src/chores/chore.ts';
import { reconcile } from '../apps/worker/src/chores/reconcile.ts';
import { createWorkerMetrics } from '../apps/worker/src/metrics.ts';
import { eventually } from './support/eventually.ts';
import { useLedger } from './support/ledger.ts';
import { describeOnEachQueue, type TestQueue } from './support/queues.ts';
import { startWorker } from './support/stack.ts';
import { acceptUnqueued } from './support/unqueued-import.ts';
import { checkedRecords } from './support/checked-records.ts';

const logger = createLogger('test', 'silent');

const ledger = useLedger();

const accept = (acceptedAt: Date) => acceptUnqueued(ledger().database, ledger().account, { acceptedAt });

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

async function openChunks(): Promise<number> {
  const { database } = ledger();
  const { rows } = await database.sql.query<{ count: string }>(
    'SELECT count(*) FROM import_chunks WHERE completed_at IS NULL',
  );
  return Number(rows[0]?.count);
}

describeOnEachQueue('the reconciler', (createQueue) => {
  let queue: TestQueue;
  let producer: Producer;

  beforeEach(async () => {
    const { database, cleanup } = ledger();
    queue = cleanup.use(createQueue(database));
    producer = await openProducer({ server: queue.server, onError: console.error });
    cleanup.defer(() => producer.close());
  });

  const runOnce = (mayGoOn = async () => true) =>
    reconcile({ db: ledger().db, producer, metrics: createWorkerMetrics(ledger().db), logger }).run(mayGoOn);

  test('enqueues open chunks that have no job, but for those that are just being enqueued', async () => {
    const { database, cleanup } = ledger();
    const lost = await accept(ago(60));
    // Stays young however long this takes.
    const young = await accept(ago(-60 * 60));
    const restore = vi.spyOn(producer, 'restore');
    await runOnce();
    expect(restore.mock.calls.flatMap(([, chunks]) => chunks.map(({ importId }) => importId))).toEqual([lost]);
    cleanup.use(await startWorker({ databaseUrl: database.url, queueServer: queue.server }));
    await eventually(async () => expect(await openChunks()).toBe(1));
    const { rows } = await database.sql.query('SELECT import_id FROM import_chunks WHERE completed_at IS NULL');
    expect(rows).toEqual([{ import_id: young }]);
  });

  test('goes through them page by page, as long as it may', async () => {
    const { database, db, account } = ledger();
    const record = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
    const records = checkedRecords(
      kinds.revenue.spec,
      Array.from({ length: 1_000 }, () => record),
    );
    const added = {
      kind: kinds.revenue.spec,
      requestId: 'test',
      recordCount: 1_000,
      chunks: records.map((each) => [each]),
      rejected: [],
      virtualTime: 0,
    };
    await acceptImport(db, { accountId: account.id, importId: uuidv7(), ...added });
    await database.sql.query(`UPDATE imports SET created_at = now() - interval '1 minute'`);
    const restore = vi.spyOn(producer, 'restore');
    const pages = () => restore.mock.calls.map(([, chunks]) => chunks.length);

    await runOnce();
    expect(pages()).toEqual([500, 500]);
    let steps = 0;
    await runOnce(async () => (steps += 1) <= 1);
    expect(pages()).toEqual([500, 500, 500]);
    await runOnce(async () => false);
    expect(pages()).toHaveLength(3);
  });
});

describe('a chore', () => {
  const start = (rounds: string[], name: string): AsyncDisposable => {
    const { db } = ledger();
    const chore: Chore = {
      name: 'test',
      everyMs: 10,
      async run(mayGoOn) {
        if (await mayGoOn()) rounds.push(name);
      },
    };
    return startChore(chore, db, logger);
  };

  test('is done by one worker at a time, and by the next when that one ends', async () => {
    const { cleanup } = ledger();
    const rounds: string[] = [];
    const first = start(rounds, 'first');
    await eventually(() => expect(rounds).toContain('first'));
    cleanup.use(start(rounds, 'second'));
    const before = rounds.length;
    await eventually(() => expect(rounds.length).toBeGreaterThan(before + 5));
    expect(rounds).not.toContain('second');
    await first[Symbol.asyncDispose]();
    await eventually(() => expect(rounds).toContain('second'));
  });

  test('goes on after a round that failed', async () => {
    const { db, cleanup } = ledger();
    let rounds = 0;
    const run = async () => {
      rounds += 1;
      throw new Error('not yet');
    };
    cleanup.use(startChore({ name: 'test', everyMs: 10, run }, db, logger));
    await eventually(() => expect(rounds).toBeGreaterThan(2));
  });
});

describe('a lease', () => {
  test('has one holder, who may extend it, until it expires', async () => {
    const { database, db } = ledger();
    const [one, other] = [uuidv7(), uuidv7()];
    expect(await holdLease(db, { name: 'a', holder: one, seconds: 60 })).toBe(true);
    expect(await holdLease(db, { name: 'a', holder: other, seconds: 60 })).toBe(false);
    expect(await holdLease(db, { name: 'b', holder: other, seconds: 60 })).toBe(true);
    expect(await holdLease(db, { name: 'a', holder: one, seconds: 60 })).toBe(true);
    await database.sql.query(`UPDATE leases SET expires_at = now() - interval '1 second'`);
    expect(await holdLease(db, { name: 'a', holder: other, seconds: 60 })).toBe(true);
    expect(await holdLease(db, { name: 'a', holder: one, seconds: 60 })).toBe(false);
  });

  test('goes to one of many who want it at once', async () => {
    const { db } = ledger();
    const claims = Array.from({ length: 10 }, () => holdLease(db, { name: 'a', holder: uuidv7(), seconds: 60 }));
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  });
});

describe('old imports', () => {
  test('are removed once they are completed; their revenue rows stay', async () => {
    const { database, db, account } = ledger();
    const DAY = 24 * 60 * 60;
    const old = await accept(ago(31 * DAY));
    const oldAndOpen = await accept(ago(32 * DAY));
    const recent = await accept(ago(29 * DAY));
    for (const importId of [old, recent])
      await kinds.revenue.saveChunk(db, { accountId: account.id, importId, chunkIndex: 0 });

    expect(await removeOldImports(db, { before: ago(30 * DAY), dryRunsBefore: ago(DAY) }, 100)).toBe(1);
    const { rows } = await database.sql.query('SELECT id FROM imports ORDER BY id');
    expect(rows).toEqual([{ id: oldAndOpen }, { id: recent }]);
    expect((await database.sql.query('SELECT FROM import_chunks')).rowCount).toBe(2);
    expect((await database.sql.query('SELECT FROM revenue_records')).rowCount).toBe(2);
  });

  test('are removed in batches', async () => {
    const { db, account } = ledger();
    for (let day = 0; day < 5; day += 1) {
      const importId = uuidv7({ msecs: 1_700_000_000_000 + day });
      const added = {
        kind: kinds.revenue.spec,
        requestId: 'test',
        recordCount: 1,
        chunks: [],
        rejected: [],
        virtualTime: 0,
      };
      await acceptImport(db, { accountId: account.id, importId, ...added });
    }
    const removed = [];
    const times = { before: new Date(), dryRunsBefore: new Date() };
    for (let batch = 0; batch < 4; batch += 1) removed.push(await removeOldImports(db, times, 2));
    expect(removed).toEqual([2, 2, 1, 0]);
  });
});
