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

/** The server of the queue: Redis or PostgreSQL. Only this file distinguishes them. */
export type QueueServer = RedisServer | PostgresServer;

interface RedisServer {
  redisUrl: string;
  /** Prefix of all keys. In braces, so that a Redis Cluster keeps them on one node. */
  redisPrefix: string;
  /** Whether our user may not run INFO. BullMQ then takes the server for an old one, but works. */
  deniesInfo?: boolean;
}

interface PostgresServer {
  databaseUrl: string;
}

/** Name of the server for people. */
export function nameOf(server: QueueServer): string {
  return 'redisUrl' in server ? 'Redis' : 'PostgreSQL';
}

/** Maximum number of connections of a PostgreSQL backend, in addition to the one that listens. */
const POOL_SIZE = { producer: 4, consumer: 8 };

/** The part of a key that Redis Cluster hashes. */
const HASH_TAG = /\{[^}]+\}/;

/** Returns BullMQ's classes, bound to a server. */
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
    // BullMQ closes its copies of this connection, but not the connection itself.
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

/** BullMQ's schema in PostgreSQL. */
const SCHEMA = 'bullmq';

/** The schema of the queue, in PostgreSQL; undefined if the queue is in Redis. */
export function schemaOf(server: QueueServer): string | undefined {
  return 'redisUrl' in server ? undefined : SCHEMA;
}

/** Creates or upgrades the tables of the queue in PostgreSQL. Does nothing for Redis. */
export async function prepareQueueServer(server: QueueServer): Promise<void> {
  if ('redisUrl' in server) return;
  const client = new pg.Client({ connectionString: server.databaseUrl, application_name: 'trackly-migrate' });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
    // BullMQ makes this sequence with the first job, for which processes would need the right to create in its schema.
    await client.query(
      `SELECT ${SCHEMA}.next_job_id($1) WHERE to_regclass('${SCHEMA}.' || ${SCHEMA}.job_id_seq_name($1)) IS NULL`,
      [QUEUE_NAME],
    );
  } finally {
    await client.end();
  }
}
