import {
  createPostgresBackend,
  createRedisBackend,
  runMigrations,
  withBackend,
  type BackendClasses,
  type BackendFactory,
  type ConnectionOptions,
  type IQueueBackend,
  type PostgresPoolConfig,
} from 'bullmq';
import { Cluster } from 'ioredis';
import pg from 'pg';

import { createRedisClient, DEAD_AFTER_MS, KEEP_ALIVE_MS, type QueueRole } from './redis-client.ts';

export const QUEUE_NAME = 'imports';

/** Where the queue is kept: in Redis or in PostgreSQL. Only the connection that BullMQ is handed knows which. */
export type QueueServer = RedisServer | PostgresServer;

interface RedisServer {
  redisUrl: string;
  /** Begins all keys. In braces, so that a Redis Cluster keeps them on one node. */
  redisPrefix: string;
  /** Whether our user may not run INFO: BullMQ then takes the server for an old one, but works. */
  deniesInfo?: boolean;
}

interface PostgresServer {
  databaseUrl: string;
}

/** What people call it. */
export function nameOf(server: QueueServer): string {
  return 'redisUrl' in server ? 'Redis' : 'PostgreSQL';
}

/** Connections of a PostgreSQL backend at most, besides the one that listens. */
const POOL_SIZE = { producer: 4, consumer: 8 };

/** What Redis Cluster hashes of a key, instead of all of it. */
const HASH_TAG = /\{[^}]+\}/;

/** BullMQ's classes, bound to the server. */
export function bullmqFor(server: QueueServer, role: QueueRole): BackendClasses<IQueueBackend, ConnectionOptions> {
  return withBackend('redisUrl' in server ? redis(server, role) : postgres(server, role));
}

function redis({ redisUrl, redisPrefix, deniesInfo = false }: RedisServer, role: QueueRole): BackendFactory {
  return (name, opts, roles) => {
    const client = createRedisClient({ url: redisUrl, role, mayAskInfo: !deniesInfo });
    if (client instanceof Cluster && !HASH_TAG.test(redisPrefix)) {
      throw new Error('REDIS_PREFIX needs a part in braces for a Redis Cluster, as in "{trackly}".');
    }
    const options = { ...opts, connection: client, prefix: redisPrefix, skipVersionCheck: deniesInfo };
    const backend = createRedisBackend(name, options, roles);
    const closeBackend = backend.close.bind(backend);
    // BullMQ closes the connections that it has copied from this one, and leaves this one to whoever made it.
    backend.close = async (force) => {
      await closeBackend(force);
      client.disconnect();
    };
    return backend;
  };
}

function postgres({ databaseUrl }: PostgresServer, role: QueueRole): BackendFactory {
  const connection: PostgresPoolConfig = {
    connectionString: databaseUrl,
    max: POOL_SIZE[role],
    application_name: `trackly-queue-${role}`,
    connectionTimeoutMillis: DEAD_AFTER_MS[role],
    query_timeout: DEAD_AFTER_MS[role],
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  };
  return (name, opts, roles) => createPostgresBackend(name, { ...opts, connection }, roles);
}

/** Creates or upgrades what the queue needs on its server; where that is Redis, nothing. */
export async function prepareQueueServer(server: QueueServer): Promise<void> {
  if ('redisUrl' in server) return;
  const client = new pg.Client({ connectionString: server.databaseUrl, application_name: 'trackly-migrate' });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
