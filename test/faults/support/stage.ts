import { openProduct, type Product, type ProductOptions } from '../../lab/product.ts';
import { openTcpProxy, type TcpProxy } from '../../lab/proxy.ts';
import type { Random } from '../../lab/random.ts';
import type { RedisServer } from '../../lab/redis.ts';
import type { App } from '../../lab/server-process.ts';
import type { PostgresServer } from '../../lab/postgres.ts';
import type { QueueBackend, Servers } from '../../lab/servers.ts';

/** What a scenario works with: the product's processes, the servers and networks between them, and nothing pretended. */
export interface Stage extends Product {
  /** Whether to make the trouble at full length. */
  long: boolean;
  queue: QueueBackend;
  /** Has the logs of the processes; kept when the scenario fails. */
  folder: string;
  /** The folder of another version of the product, where one was given. */
  oldVersion: string | undefined;

  /** The networks between the processes and their servers, and in front of the balancer. */
  links: Links;
  postgres: PostgresServer;
  /** @throws when the queue is not there */
  redis: RedisServer;
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
  oldVersion: string | undefined;
  random: Random;
  log: (text: string) => void;
  slowness: ProductOptions['slowness'];
  /** Names the database: lower-case letters, digits and underscores. */
  name: string;
  /** For the logs of the processes. */
  folder: string;
}

/** Prepares a database and an empty queue, and the networks to them. Disposing of the stage ends all its processes. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { servers, queue, long, oldVersion, random, log, slowness, name, folder } = options;
  const { postgres } = servers;
  await using opening = new AsyncDisposableStack();

  await postgres.start();
  await postgres.createDatabase(name);
  opening.defer(() => postgres.start().then(() => postgres.dropDatabase(name)));
  await servers.redis?.start();
  await servers.redis?.flush();

  const databaseUrl = postgres.url(name);
  const openLink = async (port: number) => opening.use(await openTcpProxy(port));
  const redisPort = servers.redis?.port ?? 0;
  const toServers = {
    apiToPostgres: await openLink(postgres.port),
    workerToPostgres: await openLink(postgres.port),
    apiToRedis: await openLink(redisPort),
    workerToRedis: await openLink(redisPort),
  };

  function settings(app: App): Record<string, string> {
    const from = app === 'worker' ? 'worker' : 'api';
    const url = new URL(databaseUrl);
    url.port = String(toServers[`${from}ToPostgres`].port);
    const redisUrl = `redis://127.0.0.1:${toServers[`${from}ToRedis`].port}`;
    return { DATABASE_URL: url.href, ...(queue === 'redis' && { REDIS_URL: redisUrl, REDIS_PREFIX: '{faults}' }) };
  }

  const product = opening.use(await openProduct({ databaseUrl, settings, random, log, slowness, folder }));
  const links = { clients: await openLink(product.balancer.port), ...toServers };
  const opened = opening.move();
  return {
    ...product,
    url: `http://127.0.0.1:${links.clients.port}`,
    long,
    queue,
    folder,
    oldVersion,
    links,
    postgres,
    get redis() {
      if (queue !== 'redis' || !servers.redis) throw new Error('The queue is not in Redis.');
      return servers.redis;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
