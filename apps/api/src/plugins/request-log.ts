import plugin from 'fastify-plugin';
import { v7 as uuidv7 } from 'uuid';

declare module 'fastify' {
  interface FastifyRequest {
    /** The import that the request brought or asked about. */
    importId: string | undefined;
  }
}

const WELL_FORMED = /^[\w.:/+=@-]{1,128}$/;

/** The client's X-Request-Id, if it is 1 to 128 harmless characters; else one of our own. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && WELL_FORMED.test(header) ? header : uuidv7();
}

/** Names the request in its response, and writes one line about it when it is answered. */
export const requestLog = plugin((app, _options, done) => {
  app.decorateRequest('importId', undefined);

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });

  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
        accountId: request.accountId || undefined,
        importId: request.importId,
      },
      'request answered',
    );
  });
  done();
});
