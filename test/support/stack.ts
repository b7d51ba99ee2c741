import { openDatabase, readOutcomes } from '@trackly/db';
import { openConsumer, openProducer, openWaiter, type QueueServer } from '@trackly/queue';
import { createLogger } from '@trackly/runtime';

import { buildApp } from '../../apps/api/src/app.ts';
import { saveRevenueChunkHandler } from '../../apps/worker/src/handlers/save-revenue-chunk.ts';

export interface StackOptions {
  databaseUrl: string;
  queueServer: QueueServer;
  chunkSize?: number;
  syncWaitMs?: number;
}

export interface Api extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  url: string;
}

const logger = createLogger('test', 'silent');

/** A connection that breaks in a test has no one to tell but the test's output. */
function onError(error: Error): void {
  console.error(error);
}

/** Starts the API as its process does, in this process, on a free port. */
export async function startApi(options: StackOptions): Promise<Api> {
  const { databaseUrl, queueServer: server, chunkSize = 500, syncWaitMs = 30_000 } = options;
  const db = openDatabase({ url: databaseUrl, poolSize: 5, applicationName: 'trackly-api' });
  const producer = await openProducer({ server, onError });
  const waiter = await openWaiter({ server, readOutcomes: (imports) => readOutcomes(db, imports), onError });
  const app = buildApp({ db, producer, waiter, chunkSize, syncWaitMs }, logger);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    async [Symbol.asyncDispose]() {
      await app.close();
      await waiter.close();
      await producer.close();
      await db.$disconnect();
    },
  };
}

/** Starts a worker as its process does, in this process. */
export async function startWorker({ databaseUrl, queueServer }: StackOptions): Promise<AsyncDisposable> {
  const db = openDatabase({ url: databaseUrl, poolSize: 4, applicationName: 'trackly-worker' });
  const consumer = await openConsumer({
    server: queueServer,
    handlers: { 'save-revenue-chunk': saveRevenueChunkHandler(db, logger) },
    concurrency: 4,
    onError,
    onFailedAttempt: ({ error }) => onError(error),
  });
  return {
    async [Symbol.asyncDispose]() {
      await consumer.close();
      await db.$disconnect();
    },
  };
}
