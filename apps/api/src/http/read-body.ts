import type { IncomingMessage } from 'node:http';

import type { FastifyError } from 'fastify';

import type { Budget, Holding } from '../load/budget.ts';
import { RequestError } from './request-error.ts';

/** What happens to a body that is no longer read is of no interest. */
function ignore(): void {}

export interface ReadBodyOptions {
  memory: Budget;
  requester: string;
  /** Of the decompressed body. */
  limitBytes: number;
}

/** A body in memory. It counts against its requester until it is released. */
export interface Body {
  bytes: Buffer;
  release: () => void;
}

/**
 * Reads a body, and counts its bytes as they arrive. Until it is complete, it gives way if others need the memory.
 *
 * @param sent what the client sends
 * @param payload the same, decompressed
 * @throws RequestError `payload_too_large`; `too_many_requests` or `overloaded` if there is no memory for it;
 * `malformed_request` if the client disconnects
 */
export async function readBody(
  sent: IncomingMessage,
  payload: IncomingMessage,
  options: ReadBodyOptions,
): Promise<Body> {
  const { memory, requester, limitBytes } = options;
  if (Number(sent.headers['content-length']) > limitBytes) throw new RequestError('payload_too_large');
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const holding: Holding = memory.hold(requester, () => reject(new RequestError('overloaded')));
  const chunks: Buffer[] = [];
  let length = 0;

  const onData = (chunk: Buffer) => {
    length += chunk.length;
    const shortage = length > limitBytes ? 'payload_too_large' : holding.grow(chunk.length);
    if (shortage) reject(new RequestError(shortage));
    else chunks.push(chunk);
  };
  const onEnd = () => resolve(Buffer.concat(chunks, length));
  const onError = (error: FastifyError) => reject(error.statusCode ? error : new RequestError('malformed_request'));
  // Without the end, and perhaps without an error: the client has disconnected.
  const onClose = () => reject(new RequestError('malformed_request'));
  payload.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose).resume();
  try {
    const bytes = await promise;
    holding.settle();
    return { bytes, release: () => holding.release() };
  } catch (error) {
    holding.release();
    throw error;
  } finally {
    // Without what was read: the request may be kept for longer.
    payload.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onError).on('error', ignore);
    // Read the rest as it is: decompressing it would only take time.
    if (payload !== sent && !sent.readableEnded) {
      sent.unpipe();
      sent.resume();
    }
  }
}
