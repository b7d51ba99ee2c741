import { pingDatabase } from '@trackly/db';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';

import type { Services } from '../app.ts';

const PROBE_TIMEOUT_MS = 1_000;

/** Probes come every few seconds: only those that fail are worth a log line. */
const options = { schema: { hide: true }, logLevel: 'warn' as const };

/** For load balancers and supervisors: is the process alive, and can it accept work? */
export const healthRoutes: FastifyPluginCallbackTypebox<Services> = (app, { db, producer }, done) => {
  app.get('/healthz', options, () => ({ status: 'alive' }));

  app.get('/readyz', options, async (request, reply) => {
    const timeout = AbortSignal.timeout(PROBE_TIMEOUT_MS);
    const timedOut = new Promise<never>((_resolve, reject) => {
      timeout.addEventListener('abort', () => reject(new Error('PostgreSQL or the queue does not answer.')));
    });
    try {
      await Promise.race([Promise.all([pingDatabase(db), producer.ping()]), timedOut]);
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'not ready');
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
  done();
};
