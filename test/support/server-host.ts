import { once } from 'node:events';
import { rm } from 'node:fs/promises';

import { attachEmbeddedServer } from '@trackly/runtime';

import { findRedis } from './redis-server.ts';
import { makeServerFolder } from './server-folder.ts';
import { createTemplate } from './template-database.ts';

/** What is on it need not outlive the run. */
const SPEED_BEFORE_SAFETY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '256MB',
  shared_buffers: '256MB',
  max_connections: '300',
};

// Starts the servers of a test run, prints their URLs in one line, and ends them when its input ends: a run that is
// interrupted or killed cleans nothing up, but its end of the pipe closes whatever happens to it.
const inputEnded = once(process.stdin.resume(), 'close');
await using cleanup = new AsyncDisposableStack();
const folder = await makeServerFolder('test');
cleanup.defer(() => rm(folder, { recursive: true, force: true }));

const postgres = await attachEmbeddedServer({ dataDir: folder, settings: SPEED_BEFORE_SAFETY });
cleanup.defer(() => postgres.close());
await createTemplate(postgres.url);
const redis = cleanup.use(await findRedis(folder));

console.log(`${postgres.url} ${redis?.url ?? ''}`);
await inputEnded;
