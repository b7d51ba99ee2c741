import { migrate } from '@trackly/db';
import { prepareQueueServer } from '@trackly/queue';
import pg from 'pg';

/** Holds our tables and the queue's, but no rows; each test file works on a copy. */
export const TEMPLATE_DATABASE = 'trackly_template';

/** The URL of another database on the same server. */
export function urlOfDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}

/** Creates the template on a server that has none. */
export async function createTemplate(serverUrl: string): Promise<void> {
  await administer(serverUrl, `CREATE DATABASE ${TEMPLATE_DATABASE}`);
  const databaseUrl = urlOfDatabase(serverUrl, TEMPLATE_DATABASE);
  await migrate(databaseUrl);
  await prepareQueueServer({ databaseUrl });
}

/** Creates a database as a copy of another. Copying its files is faster than logging all pages. */
export function copyDatabase(serverUrl: string, name: string, template = TEMPLATE_DATABASE): Promise<void> {
  return administer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
}

/** Has a server carry out what needs no database of ours: CREATE DATABASE, DROP DATABASE. */
export async function administer(serverUrl: string, command: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}
