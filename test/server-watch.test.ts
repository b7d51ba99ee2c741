import { setImmediate as turn } from 'node:timers/promises';

import { openDatabase } from '@trackly/db';
import { createLogger } from '@trackly/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { watchServers } from '../apps/api/src/load/server-watch.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { eventually } from './support/eventually.ts';

const logger = createLogger('test', 'silent');

/** Nobody wakes up who waits for it. */
const PAUSE = new Int32Array(new SharedArrayBuffer(4));

const cleanup = new AsyncDisposableStack();
let database: TestDatabase;

beforeAll(async () => {
  database = cleanup.use(await createDatabase());
});
afterAll(() => cleanup.disposeAsync());

async function watch(databaseUrl: string, ping: () => Promise<void>) {
  const db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'test', statementTimeoutMs: 1_000 });
  cleanup.defer(() => db.$disconnect());
  return cleanup.use(await watchServers({ db, requestsDb: db, producer: { ping }, awayAfterLooks: 15, logger }));
}

test('a server that falls silent counts as away, though no connection breaks, and is back with its next answer', async () => {
  const silence: PromiseWithResolvers<void>[] = [];
  let isSilent = false;
  const servers = await watch(database.url, async () => {
    if (!isSilent) return;
    const waiting = Promise.withResolvers<void>();
    silence.push(waiting);
    await waiting.promise;
  });
  await eventually(() => expect([servers.databaseIsUp, servers.queueIsUp]).toEqual([true, true]));

  isSilent = true;
  await eventually(() => expect([servers.databaseIsUp, servers.queueIsUp]).toEqual([true, false]));
  isSilent = false;
  for (const { resolve } of silence) resolve();
  await eventually(() => expect(servers.queueIsUp).toBe(true));
});

test('a server is not away because the API itself pauses', async () => {
  let answers = 0;
  const servers = await watch(database.url, async () => {
    // Several exchanges, of which each takes a turn of the event loop.
    for (let exchange = 0; exchange < 5; exchange += 1) await database.sql.query('SELECT 1');
    answers += 1;
  });
  const before = answers;
  const seen: boolean[] = [];
  for (let pause = 0; pause < 5; pause += 1) {
    Atomics.wait(PAUSE, 0, 0, 800);
    await turn();
    seen.push(servers.queueIsUp);
  }
  expect(seen).toEqual([true, true, true, true, true]);
  await eventually(() => expect(answers).toBeGreaterThan(before));
});

test('a server that is not there is away from the beginning', async () => {
  const servers = await watch('postgresql://nobody@127.0.0.1:1/none', () => Promise.reject(new Error('refused')));
  expect([servers.databaseIsUp, servers.queueIsUp]).toEqual([false, false]);
  expect(servers.backlog.total).toBe(0);
});
