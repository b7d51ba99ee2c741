import type { FastifyReply } from 'fastify';

/** Aborts when the client disconnects. Fastify's own `request.signal` listens to the body, which has ended by now. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
