import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { migrate } from '@trackly/db';
import { prepareQueueServer } from '@trackly/queue';
import { attachEmbeddedServer } from '@trackly/runtime';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

import { findRedis } from './redis-server.ts';
import { TEMPLATE_DATABASE, urlOfDatabase } from './database-url.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL server for this run alone, as an administrator. */
    postgresUrl: string;
    /** Undefined when there is no Redis. */
    redisUrl: string | undefined;
  }
}

/** What is on it need not outlive the run. */
const SPEED_BEFORE_SAFETY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
};

/** Starts the servers that all files share, and ends them when the last file is done. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'trackly-test-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));

  const postgres = await attachEmbeddedServer({ dataDir: folder, settings: SPEED_BEFORE_SAFETY });
  cleanup.defer(() => postgres.close());
  await createTemplate(postgres.url);
  project.provide('postgresUrl', postgres.url);

  const redis = cleanup.use(await findRedis(folder));
  project.provide('redisUrl', redis?.url);

  const running = cleanup.move();
  return () => running.disposeAsync();
}

async function createTemplate(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await client.end();

  const databaseUrl = urlOfDatabase(serverUrl, TEMPLATE_DATABASE);
  await migrate(databaseUrl);
  await prepareQueueServer({ databaseUrl });
}
