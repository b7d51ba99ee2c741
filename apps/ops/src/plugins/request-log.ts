import plugin from 'fastify-plugin';

/** Logs one line about each answered request: its route, never its content. */
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
