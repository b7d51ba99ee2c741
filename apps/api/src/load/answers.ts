import plugin from 'fastify-plugin';

import { RequestError } from '../http/request-error.ts';
import type { Budget } from './budget.ts';
import type { Connections } from './connections.ts';

/** What an answer takes in memory that is sent piece by piece. */
const STREAM_BYTES = 1024 * 1024;

/** Counts the bytes of each answer until the client has read them, and limits how long the client may read nothing. */
export const answers = plugin<{ memory: Budget; connections: Connections }>((app, { memory, connections }, done) => {
  app.addHook('onSend', async (request, reply, payload) => {
    // To a client that has left, nothing is sent.
    if (reply.raw.destroyed) return;
    const held = memory.hold(request.requester, () => connections.close(request.socket, 'gave_way'));
    const shortage = held.grow(bytesOf(payload));
    // What an import has done must be told.
    if (shortage && request.method === 'GET' && reply.statusCode < 400) throw new RequestError(shortage);
    reply.raw.once('close', held.release);
    connections.limitStall(request.socket, reply.raw);
  });
  done();
});

/** Refuses requests of a requester whose answers and bodies take all the memory that it may have. */
export const roomForAnswer = plugin<{ memory: Budget }>((app, { memory }, done) => {
  app.addHook('onRequest', async (request) => {
    if (!memory.hasRoom(request.requester)) throw new RequestError('too_many_requests');
  });
  done();
});

function bytesOf(payload: unknown): number {
  if (payload === undefined || payload === null) return 0;
  if (typeof payload === 'string') return Buffer.byteLength(payload);
  return Buffer.isBuffer(payload) ? payload.length : STREAM_BYTES;
}
