import { createHash } from 'node:crypto';

import { findApiKey, type Database, type KeyOwner } from '@trackly/db';
import plugin from 'fastify-plugin';
import { LRUCache } from 'lru-cache';

import type { Connections } from '../load/connections.ts';
import type { Strangers } from '../load/strangers.ts';
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

export interface AuthenticationOptions {
  db: Database;
  strangers: Strangers;
  connections: Connections;
}

/** Refuses requests without a valid key of an active account, before their body is read. */
export const authentication = plugin<AuthenticationOptions>((app, { db, strangers, connections }, done) => {
  const owners = new LRUCache<string, KeyOwner>({
    max: CACHED_KEYS,
    ttl: CACHE_MS,
    fetchMethod: (hash) => findApiKey(db, Buffer.from(hash, 'hex')),
  });
  /** Keys that were valid when they were last looked up. Their requests do not wait behind those without one. */
  const known = new LRUCache<string, true>({ max: CACHED_KEYS });

  app.decorateRequest('accountId', '');
  app.addHook('onRequest', async (request, reply) => {
    const key = request.headers['x-api-key'];
    const hash = typeof key === 'string' && WELL_FORMED_KEY.test(key) ? hashOf(key) : undefined;
    const endTurn = hash && known.has(hash) ? undefined : await strangers.admit(request, reply);
    let owner: KeyOwner | undefined;
    try {
      owner = hash === undefined ? undefined : await owners.fetch(hash);
    } finally {
      endTurn?.(owner !== undefined);
    }

    if (key === undefined || key === '') throw new RequestError('missing_api_key');
    if (!hash || !owner) {
      if (hash) known.delete(hash);
      throw new RequestError('invalid_api_key');
    }
    known.set(hash, true);
    if (owner.suspended) return reply.code(403).send({ error: 'Account is suspended' });
    connections.know(request.socket, owner.accountId);
    request.accountId = owner.accountId;
    request.requester = owner.accountId;
  });
  done();
});

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
