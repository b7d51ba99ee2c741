import plugin from 'fastify-plugin';

import { RequestError } from './request-error.ts';

/**
 * Refuses parameters in an address that are not percent-encoded UTF-8. The parser would take them as they are, and a
 * report on the offer "caf%E9" would be another than that on "café".
 */
export const parameterEncoding = plugin((app, _options, done) => {
  app.addHook('onRequest', async ({ url, routeOptions }) => {
    if (!routeOptions.schema?.querystring || isEncoded(url)) return;
    throw new RequestError(
      'invalid_parameter',
      'The parameters in the address must be percent-encoded as UTF-8: é is %C3%A9, and % itself %25.',
    );
  });
  done();
});

/** The router has decoded the path: what cannot be decoded is a parameter. */
function isEncoded(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}
