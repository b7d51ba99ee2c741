import plugin from 'fastify-plugin';

import type { Connections } from './connections.ts';
import { strangerAt } from './stranger-at.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whom the request counts against: an account or, without a valid key, an address. */
    requester: string;
  }
}

/** Makes a request count against the address that it comes from, as long as it has shown no valid key. */
export const requester = plugin<{ connections: Connections }>((app, { connections }, done) => {
  app.decorateRequest('requester', '');
  app.addHook('onRequest', async (request) => {
    const { ip, socket } = request;
    request.requester = strangerAt(ip);
    // A proxy that says who its client is is one of those that are trusted.
    if (ip !== socket.remoteAddress) connections.know(socket, `proxy ${socket.remoteAddress}`);
  });
  done();
});
