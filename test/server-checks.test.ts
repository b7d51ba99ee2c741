import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkPostgres } from '@trackly/db';
import { checkRedis, openConsumer, openProducer, openWaiter, type QueueServer } from '@trackly/queue';
import { freePort } from '@trackly/runtime';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { createDatabase } from './support/database.ts';
import { isInstalled, onFreePort, stopProgram } from './support/program.ts';
import { startRedisProgram } from './support/redis-program.ts';
import { savingWith } from './support/handlers.ts';

const USERS = [
  'user default on nopass ~* &* +@all',
  'user limited on >secret ~{trackly}:* resetchannels -@all +@read +@write +@connection +@transaction +eval +evalsha -@dangerous',
];

const CHUNK = { accountId: '1', importId: '0197a1b2-0000-7000-8000-000000000000', chunkIndex: 0, requestId: 'one' };

/** The test's own connection. */
const ADMINISTRATORS = 1;

function onError(error: Error): void {
  throw error;
}

describe.skipIf(!(await isInstalled('redis-server')))('a Redis that is not set as a queue needs it', () => {
  const cleanup = new AsyncDisposableStack();
  let port = 0;
  let admin: Redis;

  beforeAll(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'trackly-redis-'));
    cleanup.defer(() => rm(folder, { recursive: true }));
    const users = path.join(folder, 'users.acl');
    await writeFile(users, USERS.join('\n'));
    const args = ['--aclfile', users];
    const started = await onFreePort(async (free) => {
      const server = await startRedisProgram({ port: free, directory: folder, args });
      return server && { server, port: free };
    });
    if (!started) throw new Error('redis-server does not start.');
    cleanup.defer(() => stopProgram(started.server));
    port = started.port;
    admin = new Redis(port);
    cleanup.defer(() => admin.disconnect());
  });
  afterAll(() => cleanup.disposeAsync());

  const connections = async () =>
    String(await admin.client('LIST', 'TYPE', 'NORMAL'))
      .trim()
      .split('\n').length;

  test('is told what to set', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    onTestFinished(() => void admin.config('SET', 'maxmemory-policy', 'noeviction'));
    const advice = ['Redis drops jobs when its memory is full: set maxmemory-policy to noeviction, not allkeys-lru.'];
    expect(await checkRedis(`redis://127.0.0.1:${port}`)).toEqual({ deniesInfo: false, advice });
  });

  test('may keep that to itself, and the queue works', async () => {
    const redisUrl = `redis://limited:secret@127.0.0.1:${port}`;
    expect(await checkRedis(redisUrl)).toEqual({ deniesInfo: true, advice: [] });

    const server: QueueServer = { redisUrl, redisPrefix: '{trackly}', deniesInfo: true };
    await using opened = new AsyncDisposableStack();
    const done = Promise.withResolvers<object>();
    const handle = async (data: object) => {
      done.resolve(data);
      return {};
    };
    const handlers = savingWith(handle);
    const onFailedAttempt = () => undefined;
    const consumer = await openConsumer({ server, handlers, concurrency: 1, onError, onFailedAttempt });
    opened.defer(() => consumer.close());
    const producer = await openProducer({ server, onError });
    opened.defer(() => producer.close());
    await producer.enqueue('save-revenue-chunk', [{ ...CHUNK, priority: 1 }]);
    expect(await done.promise).toEqual(CHUNK);
  });

  test('becomes a replica: a producer leaves it at once, and is back when it is a primary again', async () => {
    const server: QueueServer = { redisUrl: `redis://127.0.0.1:${port}`, redisPrefix: '{demoted}' };
    const producer = await openProducer({ server, onError: () => undefined });
    onTestFinished(() => producer.close());
    const enqueue = () => producer.enqueue('save-revenue-chunk', [{ ...CHUNK, priority: 1 }]);
    const clientIds = async () => String(await admin.client('LIST', 'TYPE', 'NORMAL')).match(/^id=\d+/gm);
    // Those of the test before leave in their own time.
    await expect.poll(connections).toBe(ADMINISTRATORS + 1);
    const before = await clientIds();

    await admin.replicaof('127.0.0.1', await freePort());
    await expect(enqueue()).rejects.toThrow('READONLY');
    await expect.poll(clientIds).not.toEqual(before);

    await admin.replicaof('NO', 'ONE');
    await expect.poll(async () => enqueue().then(() => 'added', String)).toBe('added');
  });

  test('has no connection of ours left once all is closed', async () => {
    const server: QueueServer = { redisUrl: `redis://127.0.0.1:${port}`, redisPrefix: '{closing}' };
    await expect.poll(connections).toBe(ADMINISTRATORS);
    const handlers = savingWith(async () => ({}));
    const all = await Promise.all([
      openProducer({ server, onError }),
      openWaiter({ server, readOutcomes: async () => new Map(), onError }),
      openConsumer({ server, handlers, concurrency: 1, onError, onFailedAttempt: () => undefined }),
    ]);
    // The consumer has one that waits for jobs, and one for everything else.
    expect(await connections()).toBe(ADMINISTRATORS + 4);
    await Promise.all(all.map((each) => each.close()));
    await expect.poll(connections).toBe(ADMINISTRATORS);
  });
});

test('a Redis that is away is not checked', async () => {
  expect(await checkRedis(`redis://127.0.0.1:${await freePort()}`)).toEqual({ deniesInfo: false, advice: [] });
});

test('PostgreSQL without a pooler takes our time limit, whatever the role has', async () => {
  const database = await createDatabase();
  onTestFinished(() => database[Symbol.asyncDispose]());
  expect(await checkPostgres(database.url)).toEqual({ isPooled: false, advice: [] });
});
