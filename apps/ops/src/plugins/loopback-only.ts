import plugin from 'fastify-plugin';

import { isLoopback } from '../loopback.ts';
import { Refusal } from '../refusal.ts';

/**
 * Refuses requests for a name that is not this machine's own: a page can have its name resolve to loopback once it has
 * been loaded, and would then read what is here (DNS rebinding).
 */
export const loopbackOnly = plugin((app, _options, done) => {
  app.addHook('onRequest', async ({ headers }) => {
    const hostname = URL.parse(`http://${headers.host}`)?.hostname ?? '';
    if (isLoopback(hostname)) return;
    throw new Refusal(403, 'Without a password this console answers on http://localhost only: set OPS_PASSWORD.');
  });
  done();
});
