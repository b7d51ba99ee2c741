import path from 'node:path';

import { MALLOC_ENV, NODE_FLAGS } from '@trackly/runtime';

import { untilReady, untilTakingJobs } from '../test/lab/readiness.ts';
import { startServerProcess, type ServerProcessOptions } from '../test/lab/server-process.ts';

/** The product's API and workers, as processes of their own, as in production. Disposing of it ends them. */
export interface Product extends AsyncDisposable {
  url: string;
  apiPid: number;
  workerPids: number[];
}

export interface ProductOptions {
  databaseUrl: string;
  /** Unset: the queue is in PostgreSQL. */
  redisUrl?: string | undefined;
  workers: number;
  /** What to run as a worker instead of ours. */
  workerScript?: string | undefined;
  /** The folder for what they log. */
  logs: string;
  /** Aborted when the run is interrupted. */
  interrupted: AbortSignal;
}

/** Starts the processes and waits until the API accepts and the workers take jobs. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { databaseUrl, redisUrl, workers, logs, workerScript, interrupted } = options;
  await using starting = new AsyncDisposableStack();
  const env = {
    ...MALLOC_ENV,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    ...(redisUrl && { REDIS_URL: redisUrl }),
  };
  const start = (name: string, program: Pick<ServerProcessOptions, 'app' | 'script'>) => {
    const logFile = path.join(logs, `${name}.log`);
    const server = startServerProcess({ name, ...program, flags: NODE_FLAGS, env, logFile });
    return starting.adopt(server, async () => void (await server.terminate()));
  };
  const api = start('api', { app: 'api' });
  const workerProcesses = Array.from({ length: workers }, (_, index) =>
    start(`worker-${index + 1}`, { app: 'worker', script: workerScript }),
  );

  const url = await untilReady(api, interrupted);
  for (const worker of workerProcesses) await untilTakingJobs(worker, interrupted);
  const started = starting.move();
  return {
    url,
    apiPid: api.pid,
    workerPids: workerProcesses.map(({ pid }) => pid),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
