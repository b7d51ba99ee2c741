import { splitIntoChunks, type ImportRef } from '@trackly/contract';
import { acceptImport, kinds, readImport, readImportErrors, readOutcomes, requestUndo, type Kind } from '@trackly/db';
import { jobName, openConsumer, openProducer, type Producer } from '@trackly/queue';
import { createLogger } from '@trackly/runtime';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';

import { reconcile } from '../../apps/worker/src/chores/reconcile.ts';
import { createHandlers } from '../../apps/worker/src/handlers/index.ts';
import { createWorkerMetrics } from '../../apps/worker/src/metrics.ts';
import { checkedRecords } from '../support/checked-records.ts';
import { eventually } from '../support/eventually.ts';
import { useLedger } from '../support/ledger.ts';
import { describeOnEachQueue, type TestQueue } from '../support/queues.ts';
import { createSightings, MYTHICAL, sightings } from './sightings.ts';

const logger = createLogger('test', 'silent');
const CHUNK_SIZE = 2;
const { revenue } = kinds;

interface ImportOptions {
  isDryRun?: boolean;
  isAtomic?: boolean;
}

const seen = (...species: string[]) => species.map((each) => ({ place: 'Loch Ness', species: each }));
const earned = (...amounts: number[]) =>
  amounts.map((amount) => ({ message_id: 'm0', offer_id: 'o0', revenue: amount }));

describeOnEachQueue('an engine with two kinds', (createQueue) => {
  const ledger = useLedger();
  let queue: TestQueue;
  let producer: Producer;

  beforeEach(async () => {
    const { database, cleanup } = ledger();
    queue = cleanup.use(createQueue(database));
    producer = await openProducer({ server: queue.server, onError: console.error });
    cleanup.defer(() => producer.close());
    await createSightings(database.sql);
  });

  async function startWorker(): Promise<void> {
    const { db, cleanup } = ledger();
    const consumer = await openConsumer({
      server: queue.server,
      handlers: createHandlers([revenue, sightings], {
        db,
        undoDb: db,
        producer,
        metrics: createWorkerMetrics(db),
        logger,
      }),
      concurrency: 2,
      onError: console.error,
      onFailedAttempt: ({ error }) => console.error(error),
    });
    cleanup.defer(() => consumer.close());
  }

  /** Puts an import into the ledger, as an API does that dies before it adds a job. */
  async function accept(
    kind: Kind<string>,
    sent: Record<string, unknown>[],
    { isDryRun = false, isAtomic = false }: ImportOptions = {},
  ): Promise<ImportRef> {
    const { db, account } = ledger();
    const ref = { accountId: account.id, importId: uuidv7() };
    const records = checkedRecords(kind.spec, sent);
    const size = isDryRun || isAtomic ? records.length : CHUNK_SIZE;
    const chunks = splitIntoChunks(records, size);
    const content = { recordCount: records.length, chunks, rejected: [], isDryRun, isAtomic };
    await acceptImport(db, { ...ref, ...content, kind: kind.spec, requestId: 'test', virtualTime: 0 });
    return ref;
  }

  async function enqueue(kind: Kind<string>, ref: ImportRef, task: 'save' | 'try' | 'undo'): Promise<void> {
    const { database } = ledger();
    const { rows } = await database.sql.query<{ chunkIndex: number; priority: number }>(
      `SELECT chunk_index AS "chunkIndex", priority FROM ${task === 'undo' ? 'undo_chunks' : 'import_chunks'} WHERE import_id = $1`,
      [ref.importId],
    );
    const chunks = rows.map((chunk) => ({ ...ref, ...chunk, requestId: 'test' }));
    await producer.enqueue(jobName(task, kind.spec.name), chunks);
  }

  const outcomeOf = async (ref: ImportRef) => (await readOutcomes(ledger().db, [ref])).get(ref.importId);
  const completed = (ref: ImportRef) =>
    eventually(async () => {
      const outcome = await outcomeOf(ref);
      expect(outcome).toBeDefined();
      return outcome;
    });

  async function run(kind: Kind<string>, records: Record<string, unknown>[], options: ImportOptions = {}) {
    const ref = await accept(kind, records, options);
    await enqueue(kind, ref, options.isDryRun || options.isAtomic ? 'try' : 'save');
    return { ref, outcome: await completed(ref) };
  }

  const places = async () => (await ledger().database.sql.query('SELECT name, species_count FROM places')).rows;
  const speciesOf = async ({ importId }: ImportRef) => {
    const { rows } = await ledger().database.sql.query<{ species: string }>(
      'SELECT species FROM sightings WHERE import_id = $1 ORDER BY record_index',
      [importId],
    );
    return rows.map(({ species }) => species);
  };
  const revenueRows = async () => (await ledger().database.sql.query('SELECT FROM revenue_records')).rowCount;

  test('each saves, skips and rejects in its own way', async () => {
    const { database, db } = ledger();
    await startWorker();
    const [first, second, money] = await Promise.all([
      run(sightings, seen('eel', 'otter', MYTHICAL)),
      run(revenue, earned(1, 2.5, 3)),
      run(revenue, [...earned(1), { message_id: 'nowhere', offer_id: 'o0', revenue: 1 }]),
    ]);
    expect(first.outcome).toEqual({
      status: 'completed',
      successCount: 2,
      skippedCount: 0,
      totals: {},
      rejections: [{ index: 2, code: 'invalid_species', fields: { species: MYTHICAL } }],
    });
    expect(second.outcome).toMatchObject({ successCount: 3, skippedCount: 0, totals: { revenue: '6.5' } });
    expect(money.outcome).toMatchObject({ successCount: 1, rejections: [{ index: 1, code: 'message_not_found' }] });

    const again = await run(sightings, seen('otter', 'heron', 'heron', 'eel'));
    expect(again.outcome).toMatchObject({ successCount: 1, skippedCount: 3, rejections: [] });
    expect(await speciesOf(again.ref)).toEqual(['heron']);
    expect(await places()).toEqual([{ name: 'Loch Ness', species_count: '3' }]);
    const progress = await readImport(db, again.ref);
    expect(progress).toMatchObject({ kind: 'sightings', status: 'completed', successCount: 1, skippedCount: 3 });
    const { rowCount } = await database.sql.query('SELECT FROM sightings_chunk_records');
    expect(rowCount).toBe(0);
  });

  test('a record that cannot be saved harms no other, and is kept as it was sent', async () => {
    const { db } = ledger();
    await startWorker();
    const { ref, outcome } = await run(sightings, seen('eel', 'otter', 'impossible', 'heron', 'pike'));
    expect(outcome).toMatchObject({ successCount: 4, rejections: [{ index: 2, code: 'save_error' }] });
    expect(await speciesOf(ref)).toEqual(['eel', 'otter', 'heron', 'pike']);
    const failed = await readImportErrors(db, { ...ref, afterIndex: -1, count: 10 });
    expect(failed.map(({ record }) => JSON.parse(record ?? ''))).toEqual([
      { place: 'Loch Ness', species: 'impossible' },
    ]);
  });

  test('dry runs and atomic imports are as they are of revenue', async () => {
    await startWorker();
    const dryRun = await run(sightings, seen('eel', 'eel', MYTHICAL, 'impossible'), { isDryRun: true });
    expect(dryRun.outcome).toMatchObject({ successCount: 1, skippedCount: 1 });
    expect(await places()).toEqual([]);
    const refused = await run(sightings, seen('eel', MYTHICAL), { isAtomic: true });
    expect(refused.outcome).toMatchObject({ successCount: 0, skippedCount: 0 });
    expect(await places()).toEqual([]);
    const kept = await run(sightings, seen('eel', 'eel'), { isAtomic: true });
    expect(kept.outcome).toMatchObject({ successCount: 1, skippedCount: 1, rejections: [] });
    expect(await speciesOf(kept.ref)).toEqual(['eel']);
  });

  test('undoing an import removes its rows alone, though chunks of the other kind wait to be undone, too', async () => {
    const { db } = ledger();
    await startWorker();
    const kept = await run(sightings, seen('eel'));
    const undone = await run(sightings, seen('otter', 'heron', 'eel'));
    const money = await run(revenue, earned(1, 2, 3));
    const undo = { requestId: 'test', chunkSize: CHUNK_SIZE, virtualTime: 0 };
    // Of this one there is no job yet: whoever undoes the account's chunks together must leave it alone.
    await requestUndo(db, revenue.spec, { ...money.ref, ...undo });
    await requestUndo(db, sightings.spec, { ...undone.ref, ...undo });
    await enqueue(sightings, undone.ref, 'undo');
    await eventually(async () => expect(await outcomeOf(undone.ref)).toEqual({ status: 'undone' }));

    expect(await speciesOf(undone.ref)).toEqual([]);
    expect(await speciesOf(kept.ref)).toEqual(['eel']);
    expect(await places()).toEqual([{ name: 'Loch Ness', species_count: '1' }]);
    expect(await outcomeOf(money.ref)).toEqual({ status: 'undoing' });
    expect(await revenueRows()).toBe(3);

    await enqueue(revenue, money.ref, 'undo');
    await eventually(async () => expect(await outcomeOf(money.ref)).toEqual({ status: 'undone' }));
    expect(await revenueRows()).toBe(0);
    expect(await speciesOf(kept.ref)).toEqual(['eel']);
  });

  test('an import of one kind is not undone as one of the other', async () => {
    const { database, db } = ledger();
    const ref = await accept(sightings, seen('eel'));
    const undo = { ...ref, requestId: 'test', chunkSize: CHUNK_SIZE, virtualTime: 0 };
    expect(await requestUndo(db, revenue.spec, undo)).toEqual([]);
    expect(await readImport(db, ref)).toMatchObject({ status: 'processing' });
    expect(await requestUndo(db, sightings.spec, undo)).toHaveLength(1);
    expect((await database.sql.query('SELECT FROM sightings_chunk_records')).rowCount).toBe(0);
  });

  describe('the reconciler', () => {
    test('gives each open chunk the job of its kind', async () => {
      const { database, db } = ledger();
      const refs = [
        await accept(sightings, seen('eel', 'otter', 'heron')),
        await accept(revenue, earned(1, 2, 3)),
        await accept(sightings, seen('pike'), { isAtomic: true }),
        await accept(revenue, earned(4), { isDryRun: true }),
      ];
      await database.sql.query(`UPDATE imports SET created_at = now() - interval '1 minute'`);
      await startWorker();
      await reconcile({ db, producer, metrics: createWorkerMetrics(db), logger }).run(async () => true);
      const outcomes = await Promise.all(refs.map(completed));
      expect(outcomes).toMatchObject([
        { successCount: 3, totals: {} },
        { successCount: 3, totals: { revenue: '6' } },
        { successCount: 1, totals: {} },
        { successCount: 1, totals: { revenue: '4' } },
      ]);
      expect(await places()).toEqual([{ name: 'Loch Ness', species_count: '4' }]);
      expect(await revenueRows()).toBe(3);
    });
  });
});
