import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import pg from 'pg';

const DIRECTORY = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** The advisory lock of `prisma migrate`, so that it never runs at the same time. */
const PRISMA_MIGRATE_LOCK = 72_707_369;

/** The same table that `prisma migrate` creates, so that `prisma migrate deploy` and `status` work on this database. */
const CREATE_LEDGER = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  varchar(36) PRIMARY KEY,
    checksum            varchar(64) NOT NULL,
    finished_at         timestamptz,
    migration_name      varchar(255) NOT NULL,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/** A process of an older version may wait for a table that a migration has, with one that the next migration needs. */
const DEADLOCK = '40P01';
const ATTEMPTS = 5;
const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Applies all pending migrations or, if one fails, none. Begins anew after a deadlock with processes that still run.
 *
 * @returns the names of the applied migrations
 * @throws Error if the database has an unknown migration or one that was edited since, or if an earlier run of
 *   `prisma migrate` was left unfinished, or the role may not change the tables
 */
export async function migrate(url: string): Promise<string[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applyPending(url);
    } catch (error) {
      const { code, message } = error instanceof pg.DatabaseError ? error : {};
      if (code === INSUFFICIENT_PRIVILEGE) {
        throw new Error(
          `PostgreSQL says "${message}": migrate as the owner of the tables, whose rights deploy/postgresql/roles.sql gives.`,
          { cause: error },
        );
      }
      if (code !== DEADLOCK || attempt === ATTEMPTS) throw error;
    }
  }
}

async function applyPending(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    await client.query('BEGIN');
    // The role may have a statement timeout that is too short for migrations.
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SELECT pg_advisory_xact_lock($1)', [PRISMA_MIGRATE_LOCK]);
    await client.query(CREATE_LEDGER);
    const pending = await findPending(client);
    for (const { name, sql, checksum } of pending) {
      await client.query(sql);
      await client.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, clock_timestamp(), 1)`,
        [randomUUID(), checksum, name],
      );
    }
    await client.query('COMMIT');
    return pending.map(({ name }) => name);
  });
}

/** @throws Error, with what to do, unless exactly the known migrations are applied */
export async function assertMigrated(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const ledger = await client.query<{ exists: boolean }>(
      `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
    );
    const pending = ledger.rows[0]?.exists ? await findPending(client) : await readMigrations();
    if (pending.length > 0) {
      throw new Error(`The database lacks ${pending.length} migration(s): run "npm run migrate" first.`);
    }
  });
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'trackly-migrate' });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function findPending(client: pg.Client): Promise<Migration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row]));
  const migrations = await readMigrations();
  const unknown = rows
    .map((row) => row.migration_name)
    .filter((name) => !migrations.some((each) => each.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `The database is of a newer version, which has applied ${unknown.toSorted().join(', ')}: start that version.`,
    );
  }

  return migrations.filter(({ name, checksum }) => {
    const row = applied.get(name);
    if (!row) return true;
    if (!row.finished_at) {
      throw new Error(`Migration ${name} was left unfinished: see "npx prisma migrate resolve --help".`);
    }
    if (row.checksum !== checksum) {
      throw new Error(`Migration ${name} was edited after it was applied: restore it and add a new migration.`);
    }
    return false;
  });
}

async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(DIRECTORY, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const sql = await readFile(`${DIRECTORY}/${name}/migration.sql`, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
