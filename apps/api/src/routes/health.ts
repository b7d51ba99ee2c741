import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import type { ServerWatch } from '../server-watch.ts';
import type { Traffic } from '../traffic.ts';

export interface HealthOptions {
  watch: ServerWatch;
  traffic: Traffic;
}

/** Probes come every few seconds: only those that fail are worth a log line. */
const options = { schema: { hide: true }, logLevel: 'warn' as const };

/** For load balancers and supervisors: is the process alive, and should it be sent requests? */
export const healthRoutes: FastifyPluginCallbackTypebox<HealthOptions> = (app, { watch, traffic }, done) => {
  app.get('/healthz', options, () => ({ status: 'alive' }));

  app.get('/readyz', options, (_request, reply) => {
    if (traffic.isDraining) return reply.code(503).send({ status: 'draining' });
    if (!watch.databaseIsUp || !watch.queueIsUp) return reply.code(503).send({ status: 'unavailable' });
    return reply.send({ status: 'ready' });
  });
  done();
};
