import { hasLoopbackHost } from '@trackly/runtime';
import plugin from 'fastify-plugin';

import { Refusal } from '../refusal.ts';

/** Refuses requests for a host name that is not this machine's own, because it may be the name of a malicious site. */
export const loopbackOnly = plugin((app, _options, done) => {
  app.addHook('onRequest', async ({ headers }) => {
    if (hasLoopbackHost(headers)) return;
    throw new Refusal(403, 'Without a password this console answers on http://localhost only: set OPS_PASSWORD.');
  });
  done();
});
