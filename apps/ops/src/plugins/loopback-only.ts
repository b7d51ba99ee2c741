import plugin from 'fastify-plugin';

import { isLoopback } from '../loopback.ts';
import { Refusal } from '../refusal.ts';

/**
 * Refuses requests for a host name that is not this machine's own. Otherwise a malicious site could make its own name
 * resolve to loopback after its page is loaded, and read the console (DNS rebinding).
 */
export const loopbackOnly = plugin((app, _options, done) => {
  app.addHook('onRequest', async ({ headers }) => {
    const hostname = URL.parse(`http://${headers.host}`)?.hostname ?? '';
    if (isLoopback(hostname)) return;
    throw new Refusal(403, 'Without a password this console answers on http://localhost only: set OPS_PASSWORD.');
  });
  done();
});
