import { assertMigrated, checkPostgres, migrate } from '@trackly/db';
import type { QueueServer } from '@trackly/queue';
import { attachEmbeddedServer, type Logger } from '@trackly/runtime';

import { asProcesses } from './embedded-role.ts';
import { findRightsTrouble } from './rights.ts';

export { watchRights, type RightsWatch } from './rights.ts';

/** The settings that name the servers. */
export interface ServerSettings {
  DATABASE_URL?: string;
  REDIS_URL?: string;
  REDIS_PREFIX: string;
  DATA_DIR: string;
}

interface ServerUrls {
  databaseUrl: string;
  /** Whether a pooler such as PgBouncer is in front of PostgreSQL. */
  isPooled: boolean;
  /** The server of the queue: Redis if the settings name one, otherwise PostgreSQL. */
  queueServer: QueueServer;
}

export interface Servers extends ServerUrls {
  /** Gives up the servers. Stops the embedded server if no other process uses it. */
  close(): Promise<void>;
}

/**
 * Opens the servers that the settings name, or starts the embedded one. Migrates the embedded server, which has no
 * administrator, and gives it a role for the processes; never changes a server of the user's own.
 *
 * @param logger receives advice for the operator; without a logger, neither Redis nor the rights of the role are checked
 * @throws Error, with what to do, if a server of the user's own is too old or not migrated, or cannot hold the queue, or
 *   the role lacks a right that processes need
 */
export async function openServers(settings: ServerSettings, logger?: Logger): Promise<Servers> {
  if (settings.DATABASE_URL) {
    const servers = await findServers(settings.DATABASE_URL, settings, logger);
    const trouble = logger && (await findRightsTrouble(servers));
    if (trouble) throw new Error(trouble);
    await assertMigrated(settings.DATABASE_URL);
    return { ...servers, close: async () => undefined };
  }
  const embedded = await attachEmbeddedServer({ dataDir: settings.DATA_DIR });
  try {
    await prepare(await findServers(embedded.url, settings));
    const servers = await findServers(await asProcesses(embedded.url), settings, logger);
    return { ...servers, close: () => embedded.close() };
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

/**
 * Migrates the database and the queue.
 *
 * @returns the names of the applied migrations
 * @throws Error, with what to do, if a server of the user's own is too old or cannot hold the queue
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
  // Loaded late, so that commands that only need the database start without BullMQ.
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
      'DATABASE_URL leads to a connection pooler, through which the queue does not work: set REDIS_URL to keep the queue ' +
        'in Redis, or let DATABASE_URL name PostgreSQL itself.',
    );
  }
  return { databaseUrl };
}
