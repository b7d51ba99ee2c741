import { randomUUID } from 'node:crypto';

import pg from 'pg';
import { inject } from 'vitest';

import { administer, copyDatabase, urlOfDatabase } from './template-database.ts';

/** Disposing of it drops it; that fails when a connection has been left open. */
export interface TestDatabase extends AsyncDisposable {
  url: string;
  /** For arranging and looking at rows past the product. */
  sql: pg.Pool;
}

export interface TestDatabaseOptions {
  /** The database that it is a copy of. */
  template?: string;
}

/** Creates a database with our tables, the queue's and no rows, that no other test file sees. */
export async function createDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await copyDatabase(serverUrl, name, options.template);

  const url = urlOfDatabase(serverUrl, name);
  const sql = new pg.Pool({ connectionString: url, max: 4, application_name: 'test' });
  return {
    url,
    sql,
    async [Symbol.asyncDispose]() {
      await sql.end();
      await administer(serverUrl, `DROP DATABASE ${name}`);
    },
  };
}
