import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { QueueServer } from '@trackly/queue';

import { untilReady, untilTakingJobs } from '../lab/readiness.ts';
import { startServerProcess, type Exit } from '../lab/server-process.ts';
import { HANGS_AFTER_MS } from './limits.ts';

export interface ProcessesOptions {
  databaseUrl: string;
  queueServer: QueueServer;
  /** Besides those that say where the servers are. */
  env?: Record<string, string>;
}

/** An API and a worker as processes of their own. Disposing of them ends them. */
export interface Processes extends AsyncDisposable {
  url: string;
  /** The lines that both have logged so far. */
  logs(): Promise<string[]>;
  /** Asks both to end, as an orchestrator does, and waits until they are gone. */
  terminate(): Promise<Exit[]>;
}

/** Settles when the API can accept work and the worker takes jobs. */
export async function startProcesses({ databaseUrl, queueServer, env }: ProcessesOptions): Promise<Processes> {
  await using starting = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'trackly-processes-'));
  starting.defer(() => rm(folder, { recursive: true, force: true }));
  const redis = 'redisUrl' in queueServer && { REDIS_URL: queueServer.redisUrl, REDIS_PREFIX: queueServer.redisPrefix };

  const [api, worker] = (['api', 'worker'] as const).map((app) =>
    starting.use(
      startServerProcess({
        name: app,
        app,
        logFile: path.join(folder, `${app}.log`),
        env: { DATABASE_URL: databaseUrl, ...redis, SYNC_WAIT_MS: String(HANGS_AFTER_MS), ...env },
      }),
    ),
  );
  if (!api || !worker) throw new Error('There are two of them.');
  const [url] = await Promise.all([untilReady(api), untilTakingJobs(worker)]).catch(async (cause: unknown) => {
    throw new Error(`They have not started:\n${await api.logs()}${await worker.logs()}`, { cause });
  });

  const running = starting.move();
  return {
    url,
    logs: async () => (await Promise.all([api.logs(), worker.logs()])).flatMap((text) => text.trimEnd().split('\n')),
    terminate: () => Promise.all([api.terminate(), worker.terminate()]),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
