import { openConsumer, openProducer, openWaiter } from '@trackly/queue';
import { v7 as uuidv7 } from 'uuid';
import { expect, test, vi } from 'vitest';

import { createDatabase } from './support/database.ts';
import { HANGS_AFTER_MS } from './support/limits.ts';
import { describeOnEachQueue } from './support/queues.ts';
import { savingWith } from './support/handlers.ts';

const KIND = 'save-revenue-chunk';
const CHUNKS = 20;

const onError = (error: Error) => console.error(error);

describeOnEachQueue('a waiter', (createQueue) => {
  test('is woken by events alone, without its poll', async () => {
    await using cleanup = new AsyncDisposableStack();
    const { server } = cleanup.use(createQueue(cleanup.use(await createDatabase())));
    const saved = new Set<string>();

    // The one timer that it starts here, the poll's, never fires.
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const waiter = await openWaiter({
      server,
      readOutcomes: async (refs) =>
        new Map(refs.filter((ref) => saved.has(ref.importId)).map((ref) => [ref.importId, 'saved'])),
      onError,
    });
    vi.useRealTimers();
    cleanup.defer(() => waiter.close());

    const producer = await openProducer({ server, onError });
    cleanup.defer(() => producer.close());
    const consumer = await openConsumer({
      server,
      handlers: savingWith(async ({ importId }) => ({ saved: saved.add(importId).size })),
      concurrency: 1,
      onError,
      onFailedAttempt: ({ error }) => onError(error),
    });
    cleanup.defer(() => consumer.close());

    const ref = { accountId: '1', importId: uuidv7() };
    const outcome = waiter.wait(ref, { timeoutMs: HANGS_AFTER_MS });
    // Of many events, some may be lost.
    const chunks = Array.from({ length: CHUNKS }, (_, chunkIndex) => ({
      ...ref,
      chunkIndex,
      requestId: 'request-1',
      priority: chunkIndex,
    }));
    await producer.enqueue(KIND, chunks);
    expect(await outcome).toBe('saved');
  });
});
