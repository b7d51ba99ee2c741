import { attachEmbeddedServer } from './embedded/attach.ts';

export interface ServerSettings {
  DATABASE_URL?: string;
  REDIS_URL?: string;
  REDIS_PREFIX: string;
  DATA_DIR: string;
}

export interface Servers {
  databaseUrl: string;
  /** Where the queue is kept: in Redis if there is one, else in PostgreSQL. */
  queueServer: { redisUrl: string; redisPrefix: string } | { databaseUrl: string };
  close(): Promise<void>;
}

/** What is done before the servers are used. */
export interface Preparation {
  /** Brings the embedded server up to date; it has no administrator to do so. */
  embedded: (servers: Servers) => Promise<void>;
  /** Rejects when a server of the user's own is not up to date. */
  external: (servers: Servers) => Promise<void>;
}

/** Finds the servers that the settings name, or starts the embedded one, and sees to it that they are up to date. */
export async function openServers(settings: ServerSettings, prepare: Preparation): Promise<Servers> {
  const embedded = settings.DATABASE_URL ? undefined : await attachEmbeddedServer({ dataDir: settings.DATA_DIR });
  const databaseUrl = settings.DATABASE_URL ?? embedded?.url ?? '';
  const servers: Servers = {
    databaseUrl,
    queueServer: settings.REDIS_URL
      ? { redisUrl: settings.REDIS_URL, redisPrefix: settings.REDIS_PREFIX }
      : { databaseUrl },
    close: async () => embedded?.close(),
  };
  try {
    await (embedded ? prepare.embedded(servers) : prepare.external(servers));
  } catch (error) {
    await servers.close();
    throw error;
  }
  return servers;
}
