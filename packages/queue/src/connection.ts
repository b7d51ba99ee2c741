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
  type QueueOptions,
} from 'bullmq';
import pg from 'pg';

export const QUEUE_NAME = 'imports';

/** Where the queue is kept: in Redis or in PostgreSQL. Nothing outside this file knows which. */
export type QueueServer = RedisServer | PostgresServer;

interface RedisServer {
  redisUrl: string;
  /** Begins all keys. In braces, so that a Redis Cluster keeps them on one node. */
  redisPrefix: string;
}

interface PostgresServer {
  databaseUrl: string;
}

/** What people call it. */
export function nameOf(server: QueueServer): string {
  return 'redisUrl' in server ? 'Redis' : 'PostgreSQL';
}

/** Producers answer someone, so they fail at once when the server is away; consumers wait until it is back. */
export type QueueRole = 'producer' | 'consumer';

/** Connections of a PostgreSQL backend at most, besides the one that listens. */
const POOL_SIZE = { producer: 4, consumer: 8 };

/**
 * Milliseconds without an answer after which a connection counts as dead. A consumer's may be silent for ten seconds
 * while it waits for work.
 */
const DEAD_AFTER_MS = { producer: 5_000, consumer: 15_000 };

const CONNECT_TIMEOUT_MS = 2_000;
const KEEP_ALIVE_MS = 10_000;

/** Often enough to be back soon after the server is, with a little chance, so that not all come at once. */
function reconnectDelay(attempt: number): number {
  return Math.min(attempt * 100, 1_000) + Math.random() * 100;
}

/** BullMQ's classes, bound to the server. */
export function bullmqFor(server: QueueServer, role: QueueRole): BackendClasses<IQueueBackend, ConnectionOptions> {
  return withBackend('redisUrl' in server ? redis(server, role) : postgres(server, role));
}

function redis({ redisUrl, redisPrefix }: RedisServer, role: QueueRole): BackendFactory {
  const connection: ConnectionOptions = {
    url: redisUrl,
    connectTimeout: CONNECT_TIMEOUT_MS,
    keepAlive: KEEP_ALIVE_MS,
    socketTimeout: DEAD_AFTER_MS[role],
    retryStrategy: reconnectDelay,
    ...(role === 'producer' ? { enableOfflineQueue: false, maxRetriesPerRequest: 0 } : { maxRetriesPerRequest: null }),
  };
  return (name, opts, roles) => {
    const options: QueueOptions = { ...opts, connection, prefix: redisPrefix };
    return createRedisBackend(name, options, roles);
  };
}

function postgres({ databaseUrl }: PostgresServer, role: QueueRole): BackendFactory {
  const connection: PostgresPoolConfig = {
    connectionString: databaseUrl,
    max: POOL_SIZE[role],
    application_name: `trackly-queue-${role}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
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
