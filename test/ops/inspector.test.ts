import type { ImportRef } from '@trackly/contract';
import { openConsumer, openInspector, openProducer, type Inspector, type Producer } from '@trackly/queue';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { createDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { describeOnEachQueue, type TestQueue } from '../support/queues.ts';
import { savingWith } from '../support/handlers.ts';

const KIND = 'save-revenue-chunk';

/** Fails the test that it happens in. */
const onError = (error: Error) => {
  throw error;
};

describeOnEachQueue('looking at the queue', (createQueue) => {
  let cleanup: AsyncDisposableStack;
  let queue: TestQueue;
  let producer: Producer;
  let inspector: Inspector;

  beforeEach(async () => {
    cleanup = new AsyncDisposableStack();
    const database = cleanup.use(await createDatabase());
    queue = cleanup.use(createQueue(database));
    producer = await openProducer({ server: queue.server, onError });
    cleanup.defer(() => producer.close());
    inspector = await openInspector({ server: queue.server, onError });
    cleanup.defer(() => inspector.close());
  });
  afterEach(() => cleanup.disposeAsync());

  const newChunk = () => ({ accountId: '1', importId: uuidv7(), chunkIndex: 0, requestId: 'request-1', priority: 0 });
  const jobIdOf = ({ importId }: ImportRef) => `${KIND}-${importId}-0`;
  const logOf = async (chunk: ImportRef) => (await inspector.queue.getJobLogs(jobIdOf(chunk))).logs;

  test('each failed attempt leaves a line in the log of its job; a chunk that is saved leaves none', async () => {
    const [failing, saved, lost] = [newChunk(), newChunk(), newChunk()];
    await producer.enqueue(KIND, [failing, saved]);
    const consumer = await openConsumer({
      server: queue.server,
      handlers: savingWith(async ({ importId }) => {
        if (importId === failing.importId) throw new Error('out of '.repeat(200));
        return {};
      }),
      concurrency: 2,
      onError,
      onFailedAttempt: () => undefined,
    });
    try {
      await eventually(async () => expect((await logOf(failing)).length).toBeGreaterThanOrEqual(3));
    } finally {
      await consumer.close();
    }

    const whose = ` | account 1 | import ${failing.importId} | chunk 0 | request request-1`;
    const lines = await logOf(failing);
    for (const [index, line] of lines.entries()) {
      expect(line).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z attempt ${index + 1} failed: out of out of`));
      expect(line.endsWith(whose)).toBe(true);
      expect(line.length).toBeLessThan(700);
    }
    expect(await logOf(saved)).toEqual([]);
    expect(await inspector.count()).toMatchObject({ delayed: 1, completed: 1, failed: 0 });
    expect(await inspector.find(KIND, [saved, failing, lost])).toMatchObject([
      { state: 'completed', failedReason: undefined },
      { state: 'delayed', failedReason: expect.stringContaining('out of') },
      undefined,
    ]);
    expect(await inspector.findTroubled(10)).toMatchObject([
      { id: jobIdOf(failing), importId: failing.importId, state: 'delayed', attempts: lines.length },
    ]);
  });

  test('a job that succeeded after all is still news', async () => {
    let attempts = 0;
    const consumer = await openConsumer({
      server: queue.server,
      handlers: savingWith(async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('not yet');
        return {};
      }),
      concurrency: 1,
      onError,
      onFailedAttempt: () => undefined,
    });
    cleanup.defer(() => consumer.close());
    await producer.enqueue(KIND, [newChunk()]);
    await eventually(async () => expect(await inspector.count()).toMatchObject({ completed: 1 }));
    expect(await inspector.findTroubled(10)).toMatchObject([{ state: 'completed', failedReason: 'not yet' }]);
  });

  test('the log of a job that fails for long is bounded', async () => {
    const failing = newChunk();
    await producer.enqueue(KIND, [failing]);
    const job = await inspector.queue.getJob(jobIdOf(failing));
    for (let line = 0; line < 60; line += 1) await job?.log(`${line}`);
    expect((await logOf(failing)).length).toBe(50);
    expect((await logOf(failing)).at(-1)).toBe('59');
  });
});
