import { afterAll, beforeAll } from 'vitest';

import { addSmallCatalog, type TestAccount } from './catalog.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { queueOnPostgres, type CreateQueue } from './queues.ts';
import { startApi, startWorker, type Api, type StackOptions } from './stack.ts';

export interface RunningStack extends Pick<Api, 'url' | 'waiter'> {
  database: TestDatabase;
  /** Has the small catalog. */
  account: TestAccount;
  /** As the API was started, for starting more. */
  options: StackOptions;
}

export interface SuiteOptions extends Omit<StackOptions, 'databaseUrl' | 'queueServer'> {
  createQueue?: CreateQueue;
  /** False: nothing takes jobs until the suite starts a worker itself. */
  worker?: boolean;
}

/** Gives the calling suite an API and a worker on a database and a queue of its own, and ends them after it. */
export function useStack(options: SuiteOptions = {}): () => RunningStack {
  const { createQueue = queueOnPostgres, worker = true, ...apiOptions } = options;
  const cleanup = new AsyncDisposableStack();
  let running: RunningStack | undefined;

  beforeAll(async () => {
    const database = cleanup.use(await createDatabase());
    const queue = cleanup.use(createQueue(database));

    const stackOptions = { ...apiOptions, databaseUrl: database.url, queueServer: queue.server };
    if (worker) cleanup.use(await startWorker(stackOptions));
    const api = cleanup.use(await startApi(stackOptions));
    running = { ...api, database, account: await addSmallCatalog(database.sql), options: stackOptions };
  });
  afterAll(() => cleanup.disposeAsync());

  return () => {
    if (!running) throw new Error('The suite has not started yet.');
    return running;
  };
}
