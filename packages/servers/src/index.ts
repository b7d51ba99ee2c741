import { assertMigrated, checkPostgres, migrate } from '@trackly/db';
import type { QueueServer } from '@trackly/queue';
import { attachEmbeddedServer, type Logger } from '@trackly/runtime';

/** The settings that say which servers to use. */
export interface ServerSettings {
  DATABASE_URL?: string;
  REDIS_URL?: string;
  REDIS_PREFIX: string;
  DATA_DIR: string;
}

interface ServerUrls {
  databaseUrl: string;
  /** Whether a pooler as PgBouncer stands before PostgreSQL. */
  isPooled: boolean;
  /** Where the queue is kept: in Redis if the settings name one, else in PostgreSQL. */
  queueServer: QueueServer;
}

export interface Servers extends ServerUrls {
  /** Stops the embedded server if no other process uses it. */
  close(): Promise<void>;
}

/**
 * Finds the servers that the settings name, or starts the embedded one. The embedded server has no administrator, so
 * it is brought up to date here; a server of the user's own is left as it is.
 *
 * @param logger is told what an operator should set otherwise; without one, Redis is not asked
 * @throws saying what to do, when a server of the user's own is too old or not up to date, or cannot hold the queue
 */
export async function openServers(settings: ServerSettings, logger?: Logger): Promise<Servers> {
  if (settings.DATABASE_URL) {
    const servers = await findServers(settings.DATABASE_URL, settings, logger);
    await assertMigrated(settings.DATABASE_URL);
    return { ...servers, close: async () => undefined };
  }
  const embedded = await attachEmbeddedServer({ dataDir: settings.DATA_DIR });
  try {
    const servers = await findServers(embedded.url, settings, logger);
    await prepare(servers);
    return { ...servers, close: () => embedded.close() };
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

/**
 * Brings database and queue up to date.
 *
 * @returns the names of the migrations that were applied
 * @throws saying what to do, when a server of the user's own is too old or cannot hold the queue
 */
export async function migrateServers(settings: ServerSettings): Promise<string[]> {
  if (settings.DATABASE_URL) return prepare(await findServers(settings.DATABASE_URL, settings));
  const embedded = await attachEmbeddedServer({ dataDir: settings.DATA_DIR });
  try {
    return await prepare(await findServers(embedded.url, settings));
  } finally {
    await embedded.close();
  }
}

async function prepare({ databaseUrl, queueServer }: ServerUrls): Promise<string[]> {
  const applied = await migrate(databaseUrl);
  // Commands that only need the database start without BullMQ.
  const { prepareQueueServer } = await import('@trackly/queue');
  await prepareQueueServer(queueServer);
  return applied;
}

async function findServers(databaseUrl: string, settings: ServerSettings, logger?: Logger): Promise<ServerUrls> {
  const { isPooled, advice } = await checkPostgres(databaseUrl);
  for (const text of advice) logger?.warn(text);
  return { databaseUrl, isPooled, queueServer: await findQueueServer({ databaseUrl, isPooled }, settings, logger) };
}

async function findQueueServer(
  { databaseUrl, isPooled }: Omit<ServerUrls, 'queueServer'>,
  { REDIS_URL, REDIS_PREFIX }: ServerSettings,
  logger?: Logger,
): Promise<QueueServer> {
  if (REDIS_URL) {
    const server = { redisUrl: REDIS_URL, redisPrefix: REDIS_PREFIX };
    if (!logger) return server;
    const { checkRedis } = await import('@trackly/queue');
    const { deniesInfo, advice } = await checkRedis(REDIS_URL);
    for (const text of advice) logger.warn(text);
    return { ...server, deniesInfo };
  }
  if (isPooled) {
    throw new Error(
      'DATABASE_URL leads through a connection pooler, which lets no queue through: set REDIS_URL to keep it in Redis, ' +
        'or have DATABASE_URL name PostgreSQL itself.',
    );
  }
  return { databaseUrl };
}
