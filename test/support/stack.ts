import { kinds, openDatabase, readOutcomes, type DatabaseOptions, type Kind } from '@trackly/db';
import {
  openConsumer,
  openProducer,
  openWaiter,
  type FailedAttempt,
  type QueueServer,
  type Waiter,
} from '@trackly/queue';
import { createLogger, type Logger } from '@trackly/runtime';
import type { ImportOutcome } from '@trackly/contract';

import { buildApp } from '../../apps/api/src/app.ts';
import type { ApiKinds } from '../../apps/api/src/kinds/api-kind.ts';
import { apiKinds } from '../../apps/api/src/kinds/index.ts';
import { LIMITS, type Limits } from '../../apps/api/src/load/limits.ts';
import { watchServers } from '../../apps/api/src/load/server-watch.ts';
import { createWorkerMetrics, type WorkerMetrics } from '../../apps/worker/src/metrics.ts';
import { createHandlers } from '../../apps/worker/src/handlers/index.ts';
import { HANGS_AFTER_MS, PATIENT } from './limits.ts';

export interface StackOptions {
  databaseUrl: string;
  queueServer: QueueServer;
  /** Default: those of the product. */
  apiKinds?: ApiKinds;
  workerKinds?: readonly Kind<string>[];
  chunkSize?: number;
  syncWaitMs?: number;
  maxOpenChunks?: number;
  maxOpenChunksPerAccount?: number;
  maxKeptBytesPerAccount?: number;
  maxStoredBytesPerAccount?: number;
  /** Default: a silent server never counts as away, for on a busy machine one may be silent for long. */
  awayAfterLooks?: number;
  reportTimeoutMs?: number;
  /** Default: those of the product, with turns that a request waits for as long as it takes. */
  limits?: Limits;
  trustedProxies?: string;
  keepAliveMs?: number;
  /** Default: nothing is logged. */
  logger?: Logger;
  /** What a failed attempt at a job is told to; without it, it is printed. */
  onFailedAttempt?: (attempt: FailedAttempt) => void;
}

export interface Api extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  url: string;
  waiter: Waiter<ImportOutcome>;
  drain: () => Promise<void>;
}

const silent = createLogger('test', 'silent');

/** A connection that breaks in a test has no one to tell but the test's output. */
function onError(error: Error): void {
  console.error(error);
}

/** Starts the API as its process does, in this process, on a free port. */
export async function startApi(options: StackOptions): Promise<Api> {
  const { databaseUrl, queueServer: server, chunkSize = 500, syncWaitMs = HANGS_AFTER_MS } = options;
  const { maxOpenChunks = 10_000, maxOpenChunksPerAccount = 10_000, logger = silent } = options;
  const { maxKeptBytesPerAccount = Infinity, maxStoredBytesPerAccount = Infinity } = options;
  const { reportTimeoutMs = 15_000, awayAfterLooks = Infinity } = options;
  await using starting = new AsyncDisposableStack();
  const open = (poolSize: number, settings: Partial<DatabaseOptions> = {}) => {
    const db = openDatabase({ url: databaseUrl, poolSize, applicationName: 'trackly-api', ...PATIENT, ...settings });
    starting.defer(() => db.$disconnect());
    return db;
  };
  const db = open(5);
  const reportsDb = open(2, { statementTimeoutMs: reportTimeoutMs, isPlannedAnew: true });
  const producer = await openProducer({ server, onError });
  starting.defer(() => producer.close());
  const waiter = await openWaiter({ server, readOutcomes: (imports) => readOutcomes(db, imports), onError });
  starting.defer(() => waiter.close());
  const watch = starting.use(await watchServers({ db: open(1), requestsDb: db, producer, awayAfterLooks, logger }));
  // On a busy machine, a turn may come late.
  const limits = options.limits ?? {
    ...LIMITS,
    starts: { ...LIMITS.starts, patienceMs: HANGS_AFTER_MS },
    turns: { ...LIMITS.turns, patienceMs: HANGS_AFTER_MS },
    reportTurns: { ...LIMITS.reportTurns, patienceMs: HANGS_AFTER_MS },
    strangerTurns: { ...LIMITS.strangerTurns, patienceMs: HANGS_AFTER_MS },
  };
  const { trustedProxies, keepAliveMs = 72_000 } = options;
  const settings = {
    trustedProxies,
    keepAliveMs,
    chunkSize,
    syncWaitMs,
    maxOpenChunks,
    maxOpenChunksPerAccount,
    limits,
    rights: { areComplete: true },
    maxKeptBytesPerAccount,
    maxStoredBytesPerAccount,
  };
  const { app, drain } = buildApp(
    { kinds: options.apiKinds ?? apiKinds, db, reportsDb, producer, waiter, watch, ...settings },
    logger,
  );
  starting.defer(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  const running = starting.move();
  return { url, waiter, drain, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

export interface InProcessWorker extends AsyncDisposable {
  metrics: WorkerMetrics;
}

/** Starts a worker as its process does, in this process. */
export async function startWorker(options: StackOptions): Promise<InProcessWorker> {
  const { databaseUrl, queueServer, logger = silent } = options;
  const { onFailedAttempt = ({ error }: FailedAttempt) => onError(error) } = options;
  const db = openDatabase({ url: databaseUrl, poolSize: 4, applicationName: 'trackly-worker', ...PATIENT });
  const producer = await openProducer({ server: queueServer, onError });
  const metrics = createWorkerMetrics(db);
  const consumer = await openConsumer({
    server: queueServer,
    handlers: createHandlers(options.workerKinds ?? Object.values(kinds), {
      db,
      undoDb: db,
      producer,
      metrics,
      logger,
    }),
    concurrency: 4,
    onError,
    onFailedAttempt,
  });
  return {
    metrics,
    async [Symbol.asyncDispose]() {
      await consumer.close();
      await producer.close();
      await db.$disconnect();
    },
  };
}
