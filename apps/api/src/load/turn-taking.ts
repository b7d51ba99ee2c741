import plugin from 'fastify-plugin';

import type { Turns } from './turns.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Waits for the request's turn at processor and database, unless it has had one. */
    takeTurn: () => Promise<void>;
    /** Ends the turn. Call it before the request waits for something else. */
    endTurn: (() => void) | undefined;
  }
}

/** Lets each request wait for its turn before it is handled. The turn ends, at the latest, when the answer is made. */
export const turnTaking = plugin<{ turns: Turns }>((app, { turns }, done) => {
  app.decorateRequest('takeTurn');
  app.decorateRequest('endTurn', undefined);
  app.addHook('onRequest', async (request, reply) => {
    let hasAsked = false;
    request.takeTurn = async () => {
      if (hasAsked) return;
      hasAsked = true;
      request.endTurn = await turns.take(request.requester, reply.raw);
      if (reply.raw.destroyed) request.endTurn();
    };
    reply.raw.once('close', () => request.endTurn?.());
  });
  app.addHook('preHandler', async (request) => request.takeTurn());
  app.addHook('onSend', async ({ endTurn }) => endTurn?.());
  done();
});
