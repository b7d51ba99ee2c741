import { setImmediate as turn } from 'node:timers/promises';

import type { ImportRef } from '@trackly/contract';
import { openConsumer, openProducer, openWaiter, type ConsumerOptions, type JobHandler } from '@trackly/queue';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createDatabase } from './support/database.ts';
import { eventually } from './support/eventually.ts';
import { HANGS_AFTER_MS } from './support/limits.ts';
import { describeOnEachQueue, type TestQueue } from './support/queues.ts';
import { savingWith } from './support/handlers.ts';

const KIND = 'save-revenue-chunk';

/** Fails the test that it happens in. */
const onError = (error: Error) => {
  throw error;
};

describeOnEachQueue('the queue', (createQueue) => {
  let cleanup: AsyncDisposableStack;
  let queue: TestQueue;

  beforeEach(async () => {
    cleanup = new AsyncDisposableStack();
    const database = cleanup.use(await createDatabase());
    queue = cleanup.use(createQueue(database));
  });
  afterEach(() => cleanup.disposeAsync());

  async function producer() {
    const opened = await openProducer({ server: queue.server, onError });
    cleanup.defer(() => opened.close());
    return opened;
  }

  async function consumer(handler: JobHandler, options: Partial<ConsumerOptions> = {}) {
    const opened = await openConsumer({
      server: queue.server,
      handlers: savingWith(handler),
      concurrency: 4,
      onError,
      onFailedAttempt: () => undefined,
      ...options,
    });
    cleanup.defer(() => opened.close());
    return opened;
  }

  async function waiter(readOutcomes: (imports: ImportRef[]) => Promise<Map<string, string>>) {
    const opened = await openWaiter({ server: queue.server, readOutcomes, onError });
    cleanup.defer(() => opened.close());
    return opened;
  }

  const chunks = (count: number) => {
    const ref = newImport();
    return Array.from({ length: count }, (_, chunkIndex) => ({
      ...ref,
      chunkIndex,
      requestId: 'request-1',
      priority: chunkIndex,
    }));
  };

  test('hands a worker what was enqueued, with the request that brought it', async () => {
    const seen: unknown[] = [];
    await consumer(async (job) => seen.push(job) && {});
    const [chunk] = chunks(1);
    await (await producer()).enqueue(KIND, [chunk!]);
    const { priority: _priority, ...job } = chunk!;
    await eventually(() => expect(seen).toEqual([job]));
  });

  test('runs a chunk once that is enqueued twice', async () => {
    const seen: number[] = [];
    const opened = await producer();
    const three = chunks(3);
    await opened.enqueue(KIND, three);
    await opened.enqueue(KIND, three);
    await consumer(async ({ chunkIndex }) => seen.push(chunkIndex) && {}, { concurrency: 1 });
    const [last] = chunks(1);
    await opened.enqueue(KIND, [{ ...last!, chunkIndex: 99, priority: 99 }]);
    await eventually(() => expect(seen).toContain(99));
    expect(new Set(seen)).toEqual(new Set([0, 1, 2, 99]));
    expect(seen).toHaveLength(4);
  });

  test('takes jobs in the order of their places, and of their coming', async () => {
    const seen: string[] = [];
    const opened = await producer();
    const many = chunks(4);
    const few = chunks(2);
    await opened.enqueue(KIND, many);
    await opened.enqueue(KIND, few);
    await opened.enqueue(KIND, [{ ...many[0]!, chunkIndex: 4, priority: 4 }]);
    const nameOf = ({ importId, chunkIndex }: ImportRef & { chunkIndex: number }) =>
      `${importId === few[0]?.importId ? 'few' : 'many'} ${chunkIndex}`;
    await consumer(async (job) => seen.push(nameOf(job)) && {}, { concurrency: 1 });
    await eventually(() => expect(seen).toHaveLength(7));
    expect(seen).toEqual(['many 0', 'few 0', 'many 1', 'few 1', 'many 2', 'many 3', 'many 4']);
  });

  test('restores the jobs that were lost or have ended, and leaves the others alone', async () => {
    const opened = await producer();
    const [waiting, ended, lost] = chunks(3);
    const seen: number[] = [];
    await opened.enqueue(KIND, [ended!]);
    const first = await consumer(async ({ chunkIndex }) => seen.push(chunkIndex) && {});
    await eventually(() => expect(seen).toEqual([1]));
    await first.close();
    await opened.enqueue(KIND, [waiting!]);

    expect(await opened.restore(KIND, [waiting!, ended!, lost!])).toEqual([ended, lost]);
    expect(await opened.restore(KIND, [waiting!, ended!, lost!])).toEqual([]);
    await consumer(async ({ chunkIndex }) => seen.push(chunkIndex) && {}, { concurrency: 1 });
    await eventually(() => expect(seen).toHaveLength(4));
    expect(seen.toSorted((a, b) => a - b)).toEqual([0, 1, 1, 2]);
  });

  test('tries a failed chunk again until it succeeds, and tells of each failure', async () => {
    const failures: (number | undefined)[] = [];
    let calls = 0;
    const done = Promise.withResolvers<void>();
    const fail = async () => {
      calls += 1;
      if (calls < 3) throw new Error('not yet');
      done.resolve();
      return {};
    };
    await consumer(fail, { onFailedAttempt: ({ attempt }) => failures.push(attempt) });
    await (await producer()).enqueue(KIND, chunks(1));
    await done.promise;
    await eventually(() => expect(failures).toEqual([1, 2]));
  });

  test('a worker that closes finishes what it has in hand; another takes the rest', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const byFirst: number[] = [];
    const bySecond: number[] = [];
    const first = await consumer(
      async ({ chunkIndex }) => {
        started.resolve();
        await finish.promise;
        return { done: byFirst.push(chunkIndex) };
      },
      { concurrency: 1 },
    );
    await (await producer()).enqueue(KIND, chunks(5));
    await started.promise;
    const closing = first.close();
    await turn();
    finish.resolve();
    await closing;
    expect(byFirst).toHaveLength(1);

    await consumer(async ({ chunkIndex }) => ({ done: bySecond.push(chunkIndex) }));
    await eventually(() => expect(bySecond).toHaveLength(4));
    expect(new Set([...byFirst, ...bySecond])).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  test('a waiter is woken by a completed job, and takes the outcome from the ledger', async () => {
    const ledger = new Map<string, string>();
    const opened = await waiter(async (refs) => completedOf(ledger, refs));
    await consumer(async ({ importId }) => ({ size: ledger.set(importId, 'saved').size }));
    const [chunk] = chunks(1);
    const outcome = opened.wait(chunk!, { timeoutMs: HANGS_AFTER_MS });
    await (await producer()).enqueue(KIND, [chunk!]);
    expect(await outcome).toBe('saved');
  });

  test('a waiter finds what no event told it', async () => {
    const ledger = new Map<string, string>();
    const opened = await waiter(async (refs) => completedOf(ledger, refs));
    const ref = newImport();
    const outcome = opened.wait(ref, { timeoutMs: HANGS_AFTER_MS });
    ledger.set(ref.importId, 'saved');
    expect(await outcome).toBe('saved');
  });

  test('a wait ends without an outcome when its time is up, or the waiter closes', async () => {
    const opened = await waiter(async () => new Map());
    expect(await opened.wait(newImport(), { timeoutMs: 1 })).toBeUndefined();
    const open = opened.wait(newImport(), { timeoutMs: HANGS_AFTER_MS });
    await opened.close();
    expect(await open).toBeUndefined();
  });

  test('a wait ends when nobody wants its outcome any more, and no wait begins after the last', async () => {
    const opened = await waiter(async () => new Map());
    const left = new AbortController();
    const waits = [opened.wait(newImport(), { timeoutMs: HANGS_AFTER_MS, signal: left.signal })];
    waits.push(opened.wait(newImport(), { timeoutMs: HANGS_AFTER_MS }));
    expect(opened.size).toBe(2);
    left.abort();
    expect(await waits[0]).toBeUndefined();
    expect(opened.size).toBe(1);

    opened.endWaits();
    expect(await waits[1]).toBeUndefined();
    expect(await opened.wait(newImport(), { timeoutMs: HANGS_AFTER_MS })).toBeUndefined();
    expect(opened.size).toBe(0);
  });

  test('a ledger that cannot be read for a while delays waits, and does not lose them', async () => {
    const errors: Error[] = [];
    const ref = newImport();
    const readOutcomes = vi
      .fn<(refs: ImportRef[]) => Promise<Map<string, string>>>()
      .mockRejectedValueOnce(new Error('away'))
      .mockResolvedValue(new Map([[ref.importId, 'saved']]));
    const opened = await openWaiter({ server: queue.server, readOutcomes, onError: (error) => errors.push(error) });
    cleanup.defer(() => opened.close());
    expect(await opened.wait(ref, { timeoutMs: HANGS_AFTER_MS })).toBe('saved');
    expect(errors).toMatchObject([{ message: 'away' }]);
  });

  test('many wait at once, on few questions; several on the same import', async () => {
    const ledger = new Map<string, string>();
    let questions = 0;
    const opened = await waiter(async (refs) => {
      questions += 1;
      return completedOf(ledger, refs);
    });
    const refs = Array.from({ length: 700 }, newImport);
    const outcomes = Promise.all([...refs, ...refs].map((ref) => opened.wait(ref, { timeoutMs: HANGS_AFTER_MS })));
    for (const { importId } of refs) ledger.set(importId, importId);
    expect(await outcomes).toEqual([...refs, ...refs].map(({ importId }) => importId));
    expect(questions).toBeLessThanOrEqual(4);
  });
});

function newImport(): ImportRef {
  return { accountId: '1', importId: uuidv7() };
}

function completedOf(ledger: Map<string, string>, refs: ImportRef[]): Map<string, string> {
  return new Map([...ledger].filter(([importId]) => refs.some((ref) => ref.importId === importId)));
}
