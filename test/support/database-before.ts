import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { createDatabase, type TestDatabase } from './database.ts';
import { readMigrationNames } from './schema-engine.ts';

/** Creates a database as it was before a migration. */
export async function createDatabaseBefore(migration: string): Promise<TestDatabase> {
  const database = await createDatabase({ template: 'template0' });
  await database.sql.query(
    `CREATE TABLE _prisma_migrations (
       id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255),
       logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer
     )`,
  );
  const before = (await readMigrationNames()).filter((name) => name < migration);
  for (const name of before) {
    const text = await readFile(new URL(`../../prisma/migrations/${name}/migration.sql`, import.meta.url), 'utf8');
    await database.sql.query(text);
    await database.sql.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ($1, $2, $3, now())`,
      [randomUUID(), createHash('sha256').update(text).digest('hex'), name],
    );
  }
  return database;
}
