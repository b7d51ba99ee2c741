import { createHash, type Hash } from 'node:crypto';

import { IDEMPOTENCY_KEY_PATTERN, ImportQuery } from '@trackly/contract';
import type { Idempotency } from '@trackly/db';
import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

import { RequestError } from './request-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that the request came with, and a hash of every byte of its decompressed body; undefined without a key. */
    idempotency: { key: string; hash: Hash } | undefined;
  }
}

const WELL_FORMED_KEY = new RegExp(IDEMPOTENCY_KEY_PATTERN);

/** Reads the Idempotency-Key. */
export const idempotency = plugin((app, _options, done) => {
  app.decorateRequest('idempotency', undefined);
  app.addHook('onRequest', async (request) => {
    const key = request.headers['idempotency-key'];
    if (key === undefined) return;
    // Node joins the values of a header that comes twice.
    if (request.raw.headersDistinct['idempotency-key']?.length !== 1) {
      throw new RequestError('invalid_idempotency_key', 'Idempotency-Key must be there once.');
    }
    if (typeof key !== 'string' || !WELL_FORMED_KEY.test(key)) throw new RequestError('invalid_idempotency_key');
    request.idempotency = { key, hash: createHash('sha256') };
  });
  done();
});

/** Returns the key of a request, and a hash of its body and parameters. Call it once, after the body has been read. */
export function idempotencyOf({ idempotency: found }: FastifyRequest, query: ImportQuery): Idempotency | undefined {
  return found && { key: found.key, requestHash: found.hash.update(chosenParameters(query)).digest() };
}

/** The parameters that differ from their defaults, in a fixed order: to send a default changes nothing. */
function chosenParameters(query: ImportQuery): string {
  const { dry_run: dryRun, atomic } = ImportQuery.properties;
  const chosen = [];
  if (query.dry_run !== dryRun.default) chosen.push(`dry_run=${query.dry_run}`);
  if (query.atomic !== atomic.default) chosen.push(`atomic=${query.atomic}`);
  return chosen.join('&');
}
