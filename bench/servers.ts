import { chmod } from 'node:fs/promises';

import { attachEmbeddedServer } from '@trackly/runtime';
import { Redis } from 'ioredis';
import pg from 'pg';

import { startRedis } from '../test/lab/redis.ts';
import { urlOfDatabase } from '../test/support/template-database.ts';

const SETTINGS = ['fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'work_mem', 'max_wal_size'];

/** PostgreSQL and Redis as the product runs on them: what they have confirmed is on disk, or soon. */
export interface Servers extends AsyncDisposable {
  /** Of the database that administrative commands go through. */
  postgresUrl: string;
  postgresPid: number;
  redisUrl: string;
  redisPid: number;
  versions: { postgres: string; redis: string };
  /** Of PostgreSQL, those that decide how fast it may be. */
  postgresSettings: Record<string, string>;
  /** Has PostgreSQL carry out a command that needs no database of ours. */
  administer(command: string): Promise<void>;
  databaseUrl(name: string): string;
  /** How many bytes PostgreSQL has written to its log so far. */
  walPosition(): Promise<number>;
  /** Has Redis forget everything. */
  flushRedis(): Promise<void>;
}

/**
 * Starts both servers with their files in the given folder. Disposing of them ends them.
 *
 * @throws when there is no redis-server on the PATH
 */
export async function startServers(folder: string): Promise<Servers> {
  await using starting = new AsyncDisposableStack();
  // PostgreSQL does not run as root: its user must get to the files.
  await chmod(folder, 0o755);
  const postgres = await attachEmbeddedServer({ dataDir: folder });
  starting.defer(() => postgres.close());
  const client = new pg.Client({ connectionString: postgres.url, application_name: 'bench' });
  await client.connect();
  starting.defer(() => client.end());

  const redis = starting.use((await startRedis(folder, { args: () => ['--maxmemory-policy', 'noeviction'] })) ?? null);
  if (!redis) throw new Error('There is no redis-server on the PATH: install Redis 7 or newer, or Valkey 8.');
  const redisUrl = `redis://127.0.0.1:${redis.port}`;
  const redisInfo = await readRedisInfo(redisUrl);
  const { pid, version } = await readRow<{ pid: number; version: string }>(
    client,
    `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::integer AS pid,
       current_setting('server_version') AS version`,
  );
  const { settings } = await readRow<{ settings: Record<string, string> }>(
    client,
    'SELECT json_object_agg(name, current_setting(name)) AS settings FROM unnest($1::text[]) AS name',
    [SETTINGS],
  );

  const started = starting.move();
  return {
    postgresUrl: postgres.url,
    postgresPid: pid,
    redisUrl,
    redisPid: Number(redisInfo.get('process_id')),
    versions: { postgres: version, redis: redisInfo.get('redis_version') ?? '' },
    postgresSettings: settings,
    async walPosition() {
      const sql = `SELECT pg_current_wal_insert_lsn() - '0/0' AS bytes`;
      return Number((await readRow<{ bytes: string }>(client, sql)).bytes);
    },
    administer: async (command) => void (await client.query(command)),
    databaseUrl: (name) => urlOfDatabase(postgres.url, name),
    flushRedis: () => redis.flush(),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function readRow<T extends pg.QueryResultRow>(
  client: pg.Client,
  sql: string,
  values: unknown[] = [],
): Promise<T> {
  const { rows } = await client.query<T>(sql, values);
  if (!rows[0]) throw new Error('PostgreSQL has brought no row.');
  return rows[0];
}

async function readRedisInfo(url: string): Promise<Map<string, string>> {
  const client = new Redis(url, { lazyConnect: true });
  try {
    await client.connect();
    const lines = (await client.info('server')).split('\r\n');
    return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
  } finally {
    client.disconnect();
  }
}
