import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { freePort, NODE_FLAGS } from '@trackly/runtime';

import { readinessOf } from '../test/faults/support/readiness.ts';

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 25;

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
}

/** Starts the processes and waits until the API accepts and the workers take jobs. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { databaseUrl, redisUrl, workers, logs, workerScript = script('apps/worker/src/server.ts') } = options;
  await using starting = new AsyncDisposableStack();
  const port = await freePort();
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    ...(redisUrl && { REDIS_URL: redisUrl }),
    PORT: String(port),
    WORKER_PORT: '0',
  };
  const start = (name: string, file: string) =>
    starting.use(startProcess({ name, file, env, logFile: path.join(logs, `${name}.log`) }));
  const api = start('api', script('apps/api/src/server.ts'));
  const workerProcesses = Array.from({ length: workers }, (_, index) => start(`worker-${index + 1}`, workerScript));

  const url = `http://127.0.0.1:${port}`;
  await api.until(async () => (await readinessOf(url)) === 200);
  for (const worker of workerProcesses) {
    await worker.until(async () => (await readFile(worker.logFile, 'utf8')).includes('taking jobs'));
  }
  const started = starting.move();
  return {
    url,
    apiPid: api.pid,
    workerPids: workerProcesses.map(({ pid }) => pid),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

interface OwnProcess extends AsyncDisposable {
  pid: number;
  logFile: string;
  /** @throws when the process ends instead, or it takes too long */
  until(condition: () => Promise<boolean>): Promise<void>;
}

interface ProcessOptions {
  name: string;
  file: string;
  /** All of it: nothing of ours is handed on. */
  env: Record<string, string>;
  logFile: string;
}

function startProcess({ name, file, env, logFile }: ProcessOptions): OwnProcess {
  const log = openSync(logFile, 'w');
  // A group of its own: Ctrl-C reaches us alone. The channel ends it should we be killed.
  const child = fork(file, { env, execArgv: [...NODE_FLAGS], detached: true, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  return {
    pid: child.pid ?? 0,
    logFile,
    async until(condition) {
      const deadline = performance.now() + START_TIMEOUT_MS;
      while (!(await condition().catch(() => false))) {
        if (!isRunning(child) || performance.now() > deadline) {
          const logs = (await readFile(logFile, 'utf8')).slice(-2_000);
          throw new Error(`${name} ${isRunning(child) ? 'is not ready' : 'has ended'}:\n${logs}`);
        }
        await delay(POLL_MS);
      }
    },
    [Symbol.asyncDispose]: () => endProcess(child),
  };
}

/** Asks a process to end, as an orchestrator does, and waits until it is gone. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function script(file: string): string {
  return fileURLToPath(new URL(`../${file}`, import.meta.url));
}
