import plugin from 'fastify-plugin';

import type { ApiMetrics } from '../metrics.ts';

/** Measures every request, by its route: a path of the client's own making is no label. */
export const requestMetrics = plugin<{ metrics: ApiMetrics }>((app, { metrics }, done) => {
  app.addHook('onResponse', async (request, reply) => {
    const { url: route = 'none' } = request.routeOptions;
    metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  done();
});
