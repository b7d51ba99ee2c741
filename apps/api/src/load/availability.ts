import plugin from 'fastify-plugin';

import { RequestError } from '../http/request-error.ts';
import type { ServerWatch } from './server-watch.ts';

/** Refuses requests at once while PostgreSQL does not answer. */
export const availability = plugin<{ watch: ServerWatch }>((app, { watch }, done) => {
  app.addHook('onRequest', async () => {
    if (!watch.databaseIsUp) throw new RequestError('unavailable');
  });
  done();
});
