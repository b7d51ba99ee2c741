import { openDatabase, readOutcomes } from '@trackly/db';
import { openConsumer, openProducer, openWaiter, type QueueServer } from '@trackly/queue';
import { createLogger } from '@trackly/runtime';

import { buildApp } from '../../apps/api/src/app.ts';
import { watchServers } from '../../apps/api/src/server-watch.ts';
import { saveRevenueChunkHandler } from '../../apps/worker/src/handlers/save-revenue-chunk.ts';

export interface StackOptions {
  databaseUrl: string;
  queueServer: QueueServer;
  chunkSize?: number;
  syncWaitMs?: number;
  maxOpenChunks?: number;
  maxOpenChunksPerAccount?: number;
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
  const { maxOpenChunks = 10_000, maxOpenChunksPerAccount = 10_000 } = options;
  await using starting = new AsyncDisposableStack();
  const open = (poolSize: number) => {
    const db = openDatabase({ url: databaseUrl, poolSize, applicationName: 'trackly-api' });
    starting.defer(() => db.$disconnect());
    return db;
  };
  const db = open(5);
  const producer = await openProducer({ server, onError });
  starting.defer(() => producer.close());
  const waiter = await openWaiter({ server, readOutcomes: (imports) => readOutcomes(db, imports), onError });
  starting.defer(() => waiter.close());
  const watch = starting.use(await watchServers({ db: open(1), producer, logger }));
  const limits = { chunkSize, syncWaitMs, maxOpenChunks, maxOpenChunksPerAccount };
  const { app } = buildApp({ db, producer, waiter, watch, ...limits }, logger);
  starting.defer(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  const running = starting.move();
  return { url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Starts a worker as its process does, in this process. */
export async function startWorker({ databaseUrl, queueServer }: StackOptions): Promise<AsyncDisposable> {
  const db = openDatabase({ url: databaseUrl, poolSize: 4, applicationName: 'trackly-worker' });
  const producer = await openProducer({ server: queueServer, onError });
  const consumer = await openConsumer({
    server: queueServer,
    handlers: { 'save-revenue-chunk': saveRevenueChunkHandler({ db, producer, logger }) },
    concurrency: 4,
    onError,
    onFailedAttempt: ({ error }) => onError(error),
  });
  return {
    async [Symbol.asyncDispose]() {
      await consumer.close();
      await producer.close();
      await db.$disconnect();
    },
  };
}
