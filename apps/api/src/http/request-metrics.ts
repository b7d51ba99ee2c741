import plugin from 'fastify-plugin';

import type { ApiMetrics } from '../metrics.ts';

/** Measures every request by its route. The path is no label, because clients can send any path. */
export const requestMetrics = plugin<{ metrics: ApiMetrics }>((app, { metrics }, done) => {
  app.addHook('onRequest', async (request, reply) => {
    // Fastify does not call onResponse for clients that disconnect before their answer.
    reply.raw.once('close', () => {
      const { url: route = 'none' } = request.routeOptions;
      const status = reply.raw.writableFinished ? reply.statusCode : 'client_left';
      metrics.requests.observe({ method: request.method, route, status }, reply.elapsedTime / 1_000);
    });
  });
  done();
});
