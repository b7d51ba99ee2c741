import { setTimeout as delay } from 'node:timers/promises';
import path from 'node:path';

import { freePort } from '@trackly/runtime';
import pg from 'pg';

import { openBalancer, type Balancer } from './balancer.ts';
import { addCatalog, type Account, type CatalogSize } from './catalog.ts';
import { openTcpProxy, type TcpProxy } from './proxy.ts';
import type { Random } from './random.ts';
import { readinessOf } from './readiness.ts';
import type { RedisServer } from './redis.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';
import type { Servers } from './servers.ts';
import type { PostgresServer } from './postgres.ts';
import { until } from './until.ts';

const START_TIMEOUT_MS = 30_000;

/** Where the queue is kept. */
export type QueueBackend = 'postgres' | 'redis';

/** What a scenario works with: the product's processes, the servers and networks between them, and nothing pretended. */
export interface Stage extends AsyncDisposable {
  /** Whether to make the trouble at full length. */
  long: boolean;
  queue: QueueBackend;
  random: Random;
  /** Prints a line about what is being done. */
  log: (text: string) => void;
  /** Aborted when the scenario is over, for whatever reason. */
  signal: AbortSignal;
  /** Fails the scenario from the side, without waiting for what it is doing. */
  fail(reason: Error): void;

  /** Where clients reach the product: the network in front of the balancer. */
  url: string;
  balancer: Balancer;
  /** The networks between the processes and their servers. */
  links: Links;
  postgres: PostgresServer;
  /** @throws when the queue is not there */
  redis: RedisServer;
  databaseUrl: string;
  /** Straight to the database, past all proxies, whatever happens to its server. */
  sql: pg.Pool;

  /** Settles when the API can accept work. */
  startApi(env?: Record<string, string>): Promise<ApiProcess>;
  /** Settles when the worker takes jobs. */
  startWorker(env?: Record<string, string>): Promise<ServerProcess>;
  /** All processes that were started, running or not. */
  processes: readonly ServerProcess[];
  addAccount(size: CatalogSize): Promise<Account>;
  /** Waits for a condition; see {@link until}. */
  until<T>(condition: Parameters<typeof until<T>>[0], timeoutMs: number, what: string): Promise<T>;
  /** Lets trouble last. Not for waiting until something has happened. */
  last(ms: number): Promise<void>;
}

export interface ApiProcess extends ServerProcess {
  url: string;
}

export interface Links {
  clients: TcpProxy;
  apiToPostgres: TcpProxy;
  workerToPostgres: TcpProxy;
  apiToRedis: TcpProxy;
  workerToRedis: TcpProxy;
}

export interface StageOptions {
  servers: Servers;
  queue: QueueBackend;
  long: boolean;
  random: Random;
  log: (text: string) => void;
  /** Names the database: lower-case letters, digits and underscores. */
  name: string;
  /** For the logs of the processes. */
  folder: string;
}

/** Prepares a database and an empty queue, and the networks to them. Disposing of the stage ends all its processes. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { servers, queue, long, random, log, name, folder } = options;
  const { postgres } = servers;
  await using opening = new AsyncDisposableStack();
  const over = new AbortController();

  await postgres.start();
  await postgres.createDatabase(name);
  opening.defer(() => postgres.start().then(() => postgres.dropDatabase(name)));
  await servers.redis?.start();
  await servers.redis?.flush();

  const databaseUrl = postgres.url(name);
  const sql = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'faults' });
  // A connection that breaks while it is idle is none of our concern: the next query opens another.
  sql.on('error', () => undefined);
  opening.defer(() => sql.end());

  const balancer = opening.use(await openBalancer());
  const openLink = async (port: number) => opening.use(await openTcpProxy(port));
  const redisPort = servers.redis?.port ?? 0;
  const links: Links = {
    clients: await openLink(balancer.port),
    apiToPostgres: await openLink(postgres.port),
    workerToPostgres: await openLink(postgres.port),
    apiToRedis: await openLink(redisPort),
    workerToRedis: await openLink(redisPort),
  };
  const processes: ServerProcess[] = [];
  opening.defer(async () => {
    await Promise.all(processes.map((process) => process.kill()));
  });

  function start(app: 'api' | 'worker', toPostgres: TcpProxy, toRedis: TcpProxy, env: Record<string, string>) {
    const url = new URL(databaseUrl);
    url.port = String(toPostgres.port);
    const number = processes.filter((other) => other.name.startsWith(app)).length + 1;
    const process = startServerProcess({
      name: `${app}-${number}`,
      app,
      logFile: path.join(folder, `${app}-${number}.log`),
      env: {
        DATABASE_URL: url.href,
        ...(queue === 'redis' && { REDIS_URL: `redis://127.0.0.1:${toRedis.port}`, REDIS_PREFIX: '{faults}' }),
        LOG_LEVEL: 'info',
        ...env,
      },
    });
    processes.push(process);
    return process;
  }

  /** @throws at once when the process ends instead */
  async function untilStarted(process: ServerProcess, condition: () => Promise<boolean>): Promise<void> {
    const isDone = () => process.diedByItself() !== undefined || condition();
    await stage.until(isDone, START_TIMEOUT_MS, `${process.name} is ready`);
    const death = process.diedByItself();
    if (death) throw new Error(`${death} before it was ready.`);
  }

  const stage: Stage = {
    long,
    queue,
    random,
    log,
    signal: over.signal,
    fail: (reason) => over.abort(reason),
    url: `http://127.0.0.1:${links.clients.port}`,
    balancer,
    links,
    postgres,
    get redis() {
      if (queue !== 'redis' || !servers.redis) throw new Error('The queue is not in Redis.');
      return servers.redis;
    },
    databaseUrl,
    sql,
    async startApi(env = {}) {
      const port = await freePort();
      const process = start('api', links.apiToPostgres, links.apiToRedis, { PORT: String(port), ...env });
      const url = `http://127.0.0.1:${port}`;
      await untilStarted(process, async () => (await readinessOf(url)) === 200);
      balancer.add(url);
      void process.exited.then(() => balancer.remove(url));
      return { ...process, url };
    },
    async startWorker(env = {}) {
      const process = start('worker', links.workerToPostgres, links.workerToRedis, env);
      await untilStarted(process, async () => (await process.logs()).includes('taking jobs'));
      return process;
    },
    processes,
    addAccount: (size) => addCatalog(sql, size),
    until: (condition, timeoutMs, what) => until(condition, { timeoutMs, what, signal: over.signal }),
    last: (ms) => delay(ms, undefined, { signal: over.signal }),
    [Symbol.asyncDispose]: async () => {
      over.abort(new Error('The scenario is over.'));
      await opened.disposeAsync();
    },
  };
  const opened = opening.move();
  return stage;
}
