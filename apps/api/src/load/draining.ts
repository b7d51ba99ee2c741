import plugin from 'fastify-plugin';

import type { Traffic } from './traffic.ts';

/** Counts requests, and closes connections after their answer while the process is ending. */
export const draining = plugin<{ traffic: Traffic }>((app, { traffic }, done) => {
  app.addHook('onRequest', async (_request, reply) => traffic.count(reply.raw));
  app.addHook('onSend', async (_request, reply) => {
    if (traffic.isDraining) reply.header('connection', 'close');
  });
  done();
});
