import { isRequestId } from '@trackly/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { v7 as uuidv7 } from 'uuid';

declare module 'fastify' {
  interface FastifyRequest {
    /** The import that the request created or asked about. */
    importId: string | undefined;
  }
}

/** Limits what is logged of an unknown path, which can have any length. */
const LONGEST_PATH = 256;

/** Returns the client's X-Request-Id if it is 1 to 128 harmless characters, otherwise a new id. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && isRequestId(header) ? header : uuidv7();
}

/** Sends the id of the request in its response, and logs one line when the request is over. */
export const requestLog = plugin((app, _options, done) => {
  app.decorateRequest('importId', undefined);

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // Fastify does not call onResponse for clients that disconnect before their answer.
    reply.raw.once('close', () => logRequest(request, reply));
  });
  done();
});

function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions, url, headers, accountId, importId, log } = request;
  const isAnswered = reply.raw.writableFinished;
  log.info(
    {
      method,
      route: routeOptions.url,
      path: pathOf(url),
      status: isAnswered ? reply.statusCode : undefined,
      durationMs: Math.round(reply.elapsedTime),
      requestBytes: bytesOf(headers['content-length']),
      responseBytes: isAnswered ? bytesOf(reply.getHeader('content-length')) : undefined,
      accountId: accountId || undefined,
      importId,
    },
    isAnswered ? 'request answered' : 'the client left before the answer',
  );
}

/** Percent-encoding can hide a key from the logger, which redacts keys. No path of the API needs it. */
function pathOf(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path.includes('%') ? 'percent-encoded' : path.slice(0, LONGEST_PATH);
}

/** Undefined for a body whose length was not announced. */
function bytesOf(contentLength: number | string | string[] | undefined): number | undefined {
  return contentLength === undefined ? undefined : Number(contentLength);
}
