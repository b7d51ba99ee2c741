import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import { openBalancer, type Balancer } from './balancer.ts';
import { addCatalog, type Account, type CatalogSize } from './catalog.ts';
import type { Random } from './random.ts';
import { untilReady, untilTakingJobs } from './readiness.ts';
import { startServerProcess, type App, type ServerProcess } from './server-process.ts';
import { until } from './until.ts';

/** The product's processes behind a balancer, with what it takes to send requests and to see what came of them. */
export interface Product extends AsyncDisposable {
  random: Random;
  /** Prints a line about what is being done. */
  log: (text: string) => void;
  /** Aborted when it is over, for whatever reason. */
  signal: AbortSignal;
  /** Fails from the side, without waiting for what is being done. */
  fail(reason: Error): void;

  /** Where clients reach the product. */
  url: string;
  balancer: Balancer;
  databaseUrl: string;
  /** Straight to the database, whatever happens to its server. */
  sql: pg.Pool;

  /** Settles when the API can accept work; of the version in the folder `version`, if it is given. */
  startApi(env?: Record<string, string>, version?: string): Promise<HttpProcess>;
  /** Settles when the worker takes jobs. */
  startWorker(env?: Record<string, string>, version?: string): Promise<ServerProcess>;
  /** Settles when the console has reached its servers. */
  startOps(): Promise<HttpProcess>;
  /** All processes that were started, running or not. */
  processes: readonly ServerProcess[];
  addAccount(size: CatalogSize): Promise<Account>;
  /** Waits for a condition; see {@link until}. */
  until<T>(condition: Parameters<typeof until<T>>[0], what: string): Promise<T>;
  /**
   * Holds what something took against what was promised. The promise is that of two idle cores: on a machine that is
   * slower, or busy, it may take as many times longer as other things do there.
   *
   * @throws when it took longer than that
   */
  within(boundMs: number, ms: number, what: string): void;
  /**
   * Takes refusals for what they are on a machine that is too busy: an API may have too much to do, or find that a server
   * does not answer it in time, which it says in its log.
   *
   * @param codes of the refusals
   * @throws when the machine is not busy, or they have another reason
   */
  excuseRefusals(codes: readonly string[]): Promise<void>;
  /** Lets trouble last. Not for waiting until something has happened. */
  last(ms: number): Promise<void>;
}

export interface HttpProcess extends ServerProcess {
  url: string;
}

export interface ProductOptions {
  databaseUrl: string;
  /** The settings of a process. */
  settings: (app: App) => Record<string, string>;
  random: Random;
  log: (text: string) => void;
  /** How many times as slow the machine is as two idle cores. */
  slowness: () => number;
  /** For Node; unset: none. */
  flags?: readonly string[];
  /** For the logs of the processes. */
  folder: string;
}

/** So many times as slow as two idle cores. */
const BUSY = 1.5;
/** What an API logs. */
const SILENT = 'the server does not answer: imports are refused';
const ENDING = 'shutting down';

/** Opens the product without processes. Disposing of it ends all that were started. */
export async function openProduct(options: ProductOptions): Promise<Product> {
  const { databaseUrl, settings, random, log, slowness, flags, folder } = options;
  await using opening = new AsyncDisposableStack();
  const over = new AbortController();

  const sql = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'lab' });
  // A connection that breaks while it is idle is none of our concern: the next query opens another.
  sql.on('error', () => undefined);
  opening.defer(() => sql.end());
  const balancer = opening.use(await openBalancer());
  const processes: ServerProcess[] = [];
  opening.defer(async () => {
    await Promise.all(processes.map((process) => process.kill()));
  });

  function start(app: App, env: Record<string, string>, version?: string): ServerProcess {
    const number = processes.filter((other) => other.name.startsWith(app)).length + 1;
    const process = startServerProcess({
      name: `${app}-${number}`,
      app,
      version,
      flags,
      logFile: path.join(folder, `${app}-${number}.log`),
      env: { LOG_LEVEL: 'info', ...settings(app), ...env },
    });
    processes.push(process);
    return process;
  }

  async function startHttp(app: App, env: Record<string, string>, version?: string): Promise<HttpProcess> {
    const process = start(app, env, version);
    return { ...process, url: await untilReady(process, over.signal) };
  }

  const product: Product = {
    random,
    log,
    signal: over.signal,
    fail: (reason) => over.abort(reason),
    url: `http://127.0.0.1:${balancer.port}`,
    balancer,
    databaseUrl,
    sql,
    async startApi(env = {}, version) {
      const process = await startHttp('api', env, version);
      balancer.add(process.url);
      void process.exited.then(() => balancer.remove(process.url));
      return process;
    },
    async startWorker(env = {}, version) {
      const process = start('worker', env, version);
      await untilTakingJobs(process, over.signal);
      return process;
    },
    startOps: () => startHttp('ops', {}),
    processes,
    addAccount: (size) => addCatalog(sql, size),
    until: (condition, what) => until(condition, { what, signal: over.signal }),
    within(boundMs, ms, what) {
      if (ms <= boundMs) return;
      const times = slowness();
      log(`${what} took ${ms} ms; this machine is up to ${times.toFixed(1)} times as slow as two idle cores`);
      if (ms > boundMs * times) throw new Error(`${what} took ${ms} ms, more than ${boundMs} on an idle machine.`);
    },
    last: (ms) => delay(ms, undefined, { signal: over.signal }),
    async excuseRefusals(codes) {
      if (codes.length === 0) return;
      const times = slowness();
      const logs = await Promise.all(processes.map((process) => process.logs()));
      // What an API says while it ends excuses nothing: its connections are closed by then.
      const wasSilent = logs.some((text) => text.split(ENDING, 1)[0]?.includes(SILENT));
      const excused = new Set(wasSilent ? ['overloaded', 'unavailable'] : ['overloaded']);
      const what = `${codes.length} requests were refused: ${[...new Set(codes)].join(', ')}`;
      log(`${what}; this machine is up to ${times.toFixed(1)} times as slow as two idle cores`);
      if (times < BUSY || codes.some((code) => !excused.has(code))) throw new Error(`${what}, for no good reason.`);
    },
    [Symbol.asyncDispose]: async () => {
      over.abort(new Error('It is over.'));
      await opened.disposeAsync();
    },
  };
  const opened = opening.move();
  return product;
}
