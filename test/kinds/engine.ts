import { chunksOf, type ImportRef } from '@trackly/contract';
import { acceptImport, kinds, readOutcomes, type Kind } from '@trackly/db';
import { jobName, openConsumer, openProducer, type Producer } from '@trackly/queue';
import { createLogger } from '@trackly/runtime';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, expect } from 'vitest';

import { createHandlers } from '../../apps/worker/src/handlers/index.ts';
import { createWorkerMetrics } from '../../apps/worker/src/metrics.ts';
import { checkedRecords } from '../support/checked-records.ts';
import type { TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { useLedger } from '../support/ledger.ts';
import type { TestQueue } from '../support/queues.ts';
import { createSightings, sightings } from './sightings.ts';

export const logger = createLogger('test', 'silent');
export const CHUNK_SIZE = 2;

interface ImportOptions {
  isDryRun?: boolean;
  isAtomic?: boolean;
}

/** Gives each test of the calling suite an engine without an API: with revenue and sightings, unless told otherwise. */
export function useEngine(
  createQueue: (database: TestDatabase) => TestQueue,
  engineKinds: readonly Kind<string>[] = [kinds.revenue, sightings],
) {
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
      handlers: createHandlers(engineKinds, {
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
    const chunks = chunksOf(kind.spec, records, size);
    const content = { recordCount: records.length, chunks, rejected: [], isDryRun, isAtomic };
    await acceptImport(db, { ...ref, ...content, kind: kind.spec, requestId: 'test', virtualTime: 0 });
    return ref;
  }

  async function enqueue(kind: Kind<string>, ref: ImportRef, task: 'save' | 'try' | 'undo'): Promise<void> {
    const { rows } = await ledger().database.sql.query<{ chunkIndex: number; priority: number }>(
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

  return {
    db: () => ledger().db,
    sql: () => ledger().database.sql,
    cleanup: () => ledger().cleanup,
    producer: () => producer,
    startWorker,
    accept,
    enqueue,
    outcomeOf,
    completed,
    run,
  };
}

/** Records of sightings. */
export const seen = (...species: string[]) => species.map((each) => ({ place: 'Loch Ness', species: each }));
