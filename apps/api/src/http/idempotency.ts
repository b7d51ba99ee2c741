import { createHash } from 'node:crypto';

import { IDEMPOTENCY_KEY_PATTERN } from '@trackly/contract';
import type { Idempotency } from '@trackly/db';
import plugin from 'fastify-plugin';

import { RequestError } from './request-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that the request came with, and the hash of its body; undefined without a key. */
    idempotency: Idempotency | undefined;
  }
}

const WELL_FORMED_KEY = new RegExp(IDEMPOTENCY_KEY_PATTERN);

const NOT_HASHED = new Uint8Array();

/** Reads the Idempotency-Key, and hashes the request: every byte of the decompressed body, and the parameters. */
export const idempotency = plugin((app, _options, done) => {
  app.decorateRequest('idempotency', undefined);
  app.addHook('onRequest', async (request) => {
    const key = request.headers['idempotency-key'];
    if (key === undefined) return;
    if (typeof key !== 'string' || !WELL_FORMED_KEY.test(key)) throw new RequestError('invalid_idempotency_key');
    request.idempotency = { key, requestHash: NOT_HASHED };
  });

  const parseJson = app.getDefaultJsonParser('ignore', 'ignore');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, parsed) => {
    if (request.idempotency) request.idempotency.requestHash = hashOf(body, request.url);
    void parseJson(request, body.toString(), parsed);
  });
  done();
});

function hashOf(body: Buffer, url: string): Buffer<ArrayBuffer> {
  const [, parameters = ''] = url.split('?');
  return createHash('sha256').update(body).update(parameters).digest();
}
