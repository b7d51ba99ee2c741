import { assertMigrated, migrate } from '@trackly/db';
import { prepareQueueServer, type QueueServer } from '@trackly/queue';
import { attachEmbeddedServer } from '@trackly/runtime';

/** The settings that say which servers to use. */
export interface ServerSettings {
  DATABASE_URL?: string;
  REDIS_URL?: string;
  REDIS_PREFIX: string;
  DATA_DIR: string;
}

interface ServerUrls {
  databaseUrl: string;
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
 * @throws saying what to run, when a server of the user's own is not up to date
 */
export async function openServers(settings: ServerSettings): Promise<Servers> {
  if (settings.DATABASE_URL) {
    await assertMigrated(settings.DATABASE_URL);
    return { ...urls(settings.DATABASE_URL, settings), close: async () => undefined };
  }
  const embedded = await attachEmbeddedServer({ dataDir: settings.DATA_DIR });
  try {
    const servers = { ...urls(embedded.url, settings), close: () => embedded.close() };
    await prepare(servers);
    return servers;
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

/**
 * Brings database and queue up to date.
 *
 * @returns the names of the migrations that were applied
 */
export async function migrateServers(settings: ServerSettings): Promise<string[]> {
  if (settings.DATABASE_URL) return prepare(urls(settings.DATABASE_URL, settings));
  const embedded = await attachEmbeddedServer({ dataDir: settings.DATA_DIR });
  try {
    return await prepare(urls(embedded.url, settings));
  } finally {
    await embedded.close();
  }
}

async function prepare({ databaseUrl, queueServer }: ServerUrls): Promise<string[]> {
  const applied = await migrate(databaseUrl);
  await prepareQueueServer(queueServer);
  return applied;
}

function urls(databaseUrl: string, { REDIS_URL, REDIS_PREFIX }: ServerSettings): ServerUrls {
  const queueServer = REDIS_URL ? { redisUrl: REDIS_URL, redisPrefix: REDIS_PREFIX } : { databaseUrl };
  return { databaseUrl, queueServer };
}
