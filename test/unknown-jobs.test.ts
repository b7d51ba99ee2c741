import { openConsumer, openProducer, type FailedAttempt } from '@trackly/queue';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { bullmqFor, QUEUE_NAME } from '../packages/queue/src/connection.ts';
import { JOB_OPTIONS } from '../packages/queue/src/retries.ts';
import { createDatabase } from './support/database.ts';
import { eventually } from './support/eventually.ts';
import { describeOnEachQueue, type TestQueue } from './support/queues.ts';
import { savingWith } from './support/handlers.ts';

const KIND = 'save-revenue-chunk';

// A worker that is being replaced by a later version may get jobs that only the later one understands.
describeOnEachQueue('a job that this worker does not understand', (createQueue) => {
  let cleanup: AsyncDisposableStack;
  let queue: TestQueue;
  let failures: FailedAttempt[];

  beforeEach(async () => {
    cleanup = new AsyncDisposableStack();
    queue = cleanup.use(createQueue(cleanup.use(await createDatabase())));
    failures = [];
  });
  afterEach(() => cleanup.disposeAsync());

  const onError = (error: Error) => failures.push({ jobId: undefined, chunk: undefined, attempt: 0, error });

  async function startWorker(): Promise<number[]> {
    const seen: number[] = [];
    const consumer = await openConsumer({
      server: queue.server,
      handlers: savingWith(async ({ chunkIndex }) => ({ seen: seen.push(chunkIndex) })),
      concurrency: 1,
      onError,
      onFailedAttempt: (attempt) => failures.push(attempt),
    });
    cleanup.defer(() => consumer.close());
    return seen;
  }

  async function openBareQueue() {
    const { Queue } = bullmqFor(queue.server, 'producer');
    const bare = new Queue(QUEUE_NAME, { connection: {}, defaultJobOptions: JOB_OPTIONS });
    cleanup.defer(() => bare.close());
    bare.on('error', onError);
    await bare.waitUntilReady();
    return bare;
  }

  test.for([
    { why: 'its kind', kind: 'save-clicks', reason: 'knows no jobs of kind save-clicks' },
    { why: 'what it carries', kind: KIND, reason: 'cannot read what the save-revenue-chunk job carries' },
  ])('because of $why, is tried again and again, holds nothing up, and is not lost', async ({ kind, reason }) => {
    const bare = await openBareQueue();
    await bare.add(kind, { chunk: 'of another form' }, { jobId: 'of-tomorrow' });
    const producer = await openProducer({ server: queue.server, onError });
    cleanup.defer(() => producer.close());
    const seen = await startWorker();
    await producer.enqueue(KIND, [
      { accountId: '1', importId: uuidv7(), chunkIndex: 7, requestId: 'request-1', priority: 0 },
    ]);

    await eventually(() => {
      expect(seen).toEqual([7]);
      expect(failures.map(({ attempt }) => attempt)).toEqual(expect.arrayContaining([1, 2, 3]));
    });
    expect(failures.filter(({ error }) => !error.message.includes(reason))).toEqual([]);
    const job = await bare.getJob('of-tomorrow');
    expect(await job?.isFailed()).toBe(false);
    expect(await job?.isCompleted()).toBe(false);
  });
});
