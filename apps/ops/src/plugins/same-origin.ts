import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';

import { Refusal } from '../refusal.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether requests with this method change nothing. */
export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method);
}

/**
 * Refuses requests that a page of another origin makes a browser send (CSRF). Needs no tokens, because every browser
 * names the origin in the headers. Other clients carry nobody's session, and are let through.
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
  // Browsers omit this header on connections that are not secure.
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined || URL.parse(headers.origin)?.host === host;
}
