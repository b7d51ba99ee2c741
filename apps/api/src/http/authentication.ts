import { createHash } from 'node:crypto';

import { findApiKey, type Database, type KeyOwner } from '@trackly/db';
import plugin from 'fastify-plugin';
import { LRUCache } from 'lru-cache';

import { RequestError } from './request-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The account whose key came with the request. */
    accountId: string;
  }
}

const WELL_FORMED_KEY = /^trk_[0-9A-Za-z]{32}$/;

/** How long a revoked key or a suspended account may still be accepted. */
const CACHE_MS = 10_000;
const CACHED_KEYS = 10_000;

/** Refuses requests without a valid key of an active account, before their body is read. */
export const authentication = plugin<{ db: Database }>((app, { db }, done) => {
  const owners = new LRUCache<string, KeyOwner>({
    max: CACHED_KEYS,
    ttl: CACHE_MS,
    fetchMethod: (hash) => findApiKey(db, Buffer.from(hash, 'hex')),
  });

  app.decorateRequest('accountId', '');
  app.addHook('onRequest', async (request, reply) => {
    const key = request.headers['x-api-key'];
    if (key === undefined || key === '') throw new RequestError('missing_api_key');
    if (typeof key !== 'string' || !WELL_FORMED_KEY.test(key)) throw new RequestError('invalid_api_key');

    const owner = await owners.fetch(createHash('sha256').update(key).digest('hex'));
    if (!owner) throw new RequestError('invalid_api_key');
    if (owner.suspended) return reply.code(403).send({ error: 'Account is suspended' });
    request.accountId = owner.accountId;
  });
  done();
});
