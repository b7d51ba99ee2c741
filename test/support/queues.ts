import { randomUUID } from 'node:crypto';

import type { QueueServer } from '@trackly/queue';
import { Redis } from 'ioredis';
import { describe, inject } from 'vitest';

import type { TestDatabase } from './database.ts';

/** Disposing of it removes what the queue left behind. */
export interface TestQueue extends AsyncDisposable {
  server: QueueServer;
}

/** Creates a queue that no other test file sees. */
export type CreateQueue = (database: TestDatabase) => TestQueue;

/** The queue lives and ends with the database. */
export const queueOnPostgres: CreateQueue = ({ url }) => ({
  server: { databaseUrl: url },
  [Symbol.asyncDispose]: async () => {},
});

const redisUrl = inject('redisUrl');

/** Only where there is a Redis. */
export const queueOnRedis: CreateQueue = () => {
  if (!redisUrl) throw new Error('There is no Redis.');
  const redisPrefix = `{trackly-test-${randomUUID()}}`;
  return { server: { redisUrl, redisPrefix }, [Symbol.asyncDispose]: () => removeKeys(redisUrl, redisPrefix) };
};

async function removeKeys(url: string, prefix: string): Promise<void> {
  const client = new Redis(url);
  try {
    const keys = await client.keys(`${prefix}:*`);
    if (keys.length > 0) await client.unlink(keys);
  } finally {
    client.disconnect();
  }
}

/** Describes a suite twice: with the queue in PostgreSQL and in Redis, or skipped where there is no Redis. */
export function describeOnEachQueue(what: string, suite: (createQueue: CreateQueue) => void): void {
  describe(`${what}, on PostgreSQL`, () => {
    suite(queueOnPostgres);
  });
  describe.skipIf(!redisUrl)(`${what}, on Redis${redisUrl ? '' : ' (left out: no Redis found)'}`, () => {
    suite(queueOnRedis);
  });
}
