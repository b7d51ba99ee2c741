import { assertMigrated, migrate } from '@trackly/db';
import { describe, expect, test } from 'vitest';

import { createBareRole } from './support/bare-role.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { openPrismaMigrate, readMigrationNames } from './support/schema-engine.ts';

const ALL = await readMigrationNames();
const UP_TO_DATE = { pending: [], edited: [], failed: [] };

/** Without our tables or anyone's. */
const createEmptyDatabase = () => createDatabase({ template: 'template0' });

async function createMigratedDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  await migrate(database.url);
  return database;
}

async function tablesIn({ sql }: TestDatabase): Promise<unknown[]> {
  return (await sql.query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`)).rows;
}

describe('the migrations', () => {
  test('make an empty database what schema.prisma says', async () => {
    await using database = await createEmptyDatabase();
    await using prisma = await openPrismaMigrate(database.url);
    expect(await prisma.diff()).toContain('CREATE TABLE "revenue_records"');
    expect(await migrate(database.url)).toEqual(ALL);
    expect(await prisma.diff()).toBeUndefined();
  });

  test.for([
    ['ALTER TABLE offers ADD COLUMN extra text', 'DROP COLUMN "extra"'],
    ['ALTER TABLE offers DROP COLUMN external_id', 'ADD COLUMN     "external_id" TEXT'],
    ['ALTER TABLE offers ALTER COLUMN name DROP NOT NULL', 'SET NOT NULL'],
    ['ALTER TABLE revenue_records ALTER COLUMN revenue TYPE numeric(14, 2)', 'SET DATA TYPE DECIMAL(14,4)'],
    ['ALTER TABLE messages ALTER COLUMN sent_at TYPE timestamp', 'SET DATA TYPE TIMESTAMPTZ(6)'],
    ['ALTER TABLE list_contacts ALTER COLUMN revenue_total DROP DEFAULT', 'SET DEFAULT 0'],
    ['ALTER TABLE messages DROP CONSTRAINT messages_account_id_public_id_key', 'CREATE UNIQUE INDEX'],
    ['ALTER TABLE import_chunks DROP CONSTRAINT import_chunks_pkey', 'PRIMARY KEY'],
    ['ALTER TABLE messages DROP CONSTRAINT messages_account_id_fkey', 'ADD CONSTRAINT "messages_account_id_fkey"'],
    ['DROP INDEX offers_account_id_external_id_idx', 'CREATE INDEX "offers_account_id_external_id_idx"'],
    ['CREATE INDEX extra ON messages (sent_at)', 'DROP INDEX "extra"'],
    ['CREATE TABLE extra (id int)', 'DROP TABLE "extra"'],
  ] as const)('would differ from it after %s', async ([change, repair]) => {
    await using database = await createMigratedDatabase();
    await database.sql.query(change);
    await using prisma = await openPrismaMigrate(database.url);
    expect(await prisma.diff()).toContain(repair);
  });
});

describe('migrate', () => {
  test('does nothing the second time', async () => {
    await using database = await createMigratedDatabase();
    const before = await database.sql.query('SELECT * FROM _prisma_migrations');
    expect(await migrate(database.url)).toEqual([]);
    expect((await database.sql.query('SELECT * FROM _prisma_migrations')).rows).toEqual(before.rows);
  });

  test('applies each migration once when several run at once', async () => {
    await using database = await createEmptyDatabase();
    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url)));
    expect(applied.flat()).toEqual(ALL);
  });

  test('refuses when an applied migration was edited', async () => {
    await using database = await createMigratedDatabase();
    await database.sql.query(`UPDATE _prisma_migrations SET checksum = repeat('0', 64)`);
    await expect(migrate(database.url)).rejects.toThrow(`${ALL[0]} was edited after it was applied`);
    await expect(assertMigrated(database.url)).rejects.toThrow('was edited after it was applied');
  });

  test('refuses when Prisma left a migration unfinished', async () => {
    await using database = await createMigratedDatabase();
    await database.sql.query('UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(migrate(database.url)).rejects.toThrow(`${ALL[0]} was left unfinished`);
  });

  test('says who must run it when its role may not change the tables', async () => {
    await using database = await createDatabase();
    await using role = await createBareRole(database);
    await role.give('USAGE ON SCHEMA public');
    await expect(migrate(role.url)).rejects.toThrow(/permission denied for .*migrate as the owner of the tables/);
  });

  test('leaves nothing behind when a migration fails half-way', async () => {
    await using database = await createEmptyDatabase();
    await database.sql.query('CREATE VIEW import_chunks AS SELECT 1');
    await expect(migrate(database.url)).rejects.toThrow('relation "import_chunks" already exists');
    expect(await tablesIn(database)).toEqual([{ relname: 'import_chunks' }]);

    await database.sql.query('DROP VIEW import_chunks');
    expect(await migrate(database.url)).toEqual(ALL);
  });

  test('works on a database that has other tables', async () => {
    await using database = await createEmptyDatabase();
    await database.sql.query('CREATE SCHEMA other; CREATE TABLE other.accounts (id int)');
    expect(await migrate(database.url)).toEqual(ALL);
  });
});

describe('assertMigrated', () => {
  test('tells how many migrations are missing and what to run', async () => {
    await using database = await createEmptyDatabase();
    const message = `lacks ${ALL.length} migration(s): run "npm run migrate" first`;
    await expect(assertMigrated(database.url)).rejects.toThrow(message);
    expect(await tablesIn(database)).toEqual([]);
    await migrate(database.url);
    await expect(assertMigrated(database.url)).resolves.toBeUndefined();
  });

  test('refuses a database that a newer version has migrated', async () => {
    await using database = await createMigratedDatabase();
    await database.sql.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ('of-tomorrow', repeat('0', 64), '20990101000000_of_tomorrow', now(), 1)`,
    );
    const message = 'of a newer version, which has applied 20990101000000_of_tomorrow: start that version';
    await expect(assertMigrated(database.url)).rejects.toThrow(message);
    await expect(migrate(database.url)).rejects.toThrow(message);
  });
});

describe('the ledger is Prisma’s', () => {
  test('what we applied, it takes as applied', async () => {
    await using database = await createMigratedDatabase();
    await using prisma = await openPrismaMigrate(database.url);
    expect(await prisma.status()).toEqual(UP_TO_DATE);
    expect(await prisma.deploy()).toEqual([]);
  });

  test('what it applied, we take as applied', async () => {
    await using database = await createEmptyDatabase();
    const prisma = await openPrismaMigrate(database.url);
    expect(await prisma.status()).toEqual({ ...UP_TO_DATE, pending: ALL });
    expect(await prisma.deploy()).toEqual(ALL);
    // The command ends here, and with it the lock that keeps other migrations out.
    await prisma[Symbol.asyncDispose]();
    expect(await migrate(database.url)).toEqual([]);
    await expect(assertMigrated(database.url)).resolves.toBeUndefined();
  });

  test('it sees the same edits', async () => {
    await using database = await createMigratedDatabase();
    await database.sql.query(`UPDATE _prisma_migrations SET checksum = repeat('0', 64)`);
    await using prisma = await openPrismaMigrate(database.url);
    expect(await prisma.status()).toEqual({ ...UP_TO_DATE, edited: ALL });
  });

  test('its columns are the same, whoever creates it', async () => {
    const columns = `
      SELECT column_name, data_type, character_maximum_length, is_nullable, column_default
      FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`;
    await using ours = await createMigratedDatabase();
    await using theirs = await createEmptyDatabase();
    await using prisma = await openPrismaMigrate(theirs.url);
    await prisma.deploy();
    expect((await ours.sql.query(columns)).rows).toEqual((await theirs.sql.query(columns)).rows);
  });
});
