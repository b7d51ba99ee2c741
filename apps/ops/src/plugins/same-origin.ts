import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

import { Refusal } from '../refusal.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request of this method changes nothing. */
export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method);
}

/**
 * Refuses what a page of another origin makes a browser send; what comes from no browser bears no one's session. It
 * needs no tokens: every browser says in its headers where a request comes from.
 * https://words.filippo.io/csrf/
 */
export const sameOrigin = plugin((app, _options, done) => {
  app.addHook('onRequest', async (request) => {
    if (isSafeMethod(request.method) || isFromHere(request)) return;
    throw new Refusal(403, 'This request comes from another site: use the pages of this console.');
  });
  done();
});

function isFromHere({ headers, host }: FastifyRequest): boolean {
  // Browsers leave it out where the connection is not a secure one.
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined || URL.parse(headers.origin)?.host === host;
}
