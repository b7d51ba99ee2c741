import plugin from 'fastify-plugin';

/** Writes one line about each request when it is answered: its route, never what it carried. */
export const requestLog = plugin((app, _options, done) => {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
      },
      'request answered',
    );
  });
  done();
});
