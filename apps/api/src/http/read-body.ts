import type { IncomingMessage } from 'node:http';

import type { Budget, Holding } from '../load/budget.ts';
import { RequestError } from './request-error.ts';

/**
 * A body is kept in one buffer that grows. Of many small buffers, which live for as long as a client is slow, the
 * process would keep the memory for good: pieces that are free lie between others that are not.
 */
const FIRST_BYTES = 64 * 1024;

/** A body that announces its length gets a buffer of up to this size at once. What is not written takes no memory yet. */
const MOST_FIRST_BYTES = 512 * 1024;

function enlarged(buffer: Buffer<ArrayBuffer>, size: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(size);
  buffer.copy(larger);
  free(buffer);
  return larger;
}

/** Gives memory back at once, and leaves an empty buffer. Until V8 collects its garbage, minutes can pass. */
function free({ buffer }: Buffer<ArrayBuffer>): void {
  buffer.transfer(0);
}

/** What happens to a body that is no longer read is of no interest. */
function ignore(): void {}

export interface ReadBodyOptions {
  memory: Budget;
  requester: string;
  limitBytes: number;
}

/** A body in memory. It counts against its requester until it is released. Disposing of it frees the bytes. */
export interface Body extends Disposable {
  bytes: Buffer;
  holding: Holding;
}

/**
 * Reads a body, and counts its bytes as they arrive. Until it is complete, it gives way if others need the memory.
 *
 * @throws RequestError `payload_too_large`; `too_many_requests` or `overloaded` if there is no memory for it;
 * `malformed_request` if the client disconnects
 */
export async function readBody(
  sent: IncomingMessage,
  { memory, requester, limitBytes }: ReadBodyOptions,
): Promise<Body> {
  const announced = Number(sent.headers['content-length']);
  if (announced > limitBytes) throw new RequestError('payload_too_large');
  const { promise, resolve, reject } = Promise.withResolvers<Buffer<ArrayBuffer>>();
  const holding = memory.hold(requester, () => reject(new RequestError('overloaded')));
  let received = Buffer.allocUnsafeSlow(Math.min(announced || FIRST_BYTES, MOST_FIRST_BYTES));
  let length = 0;

  const onData = (chunk: Buffer) => {
    const needed = length + chunk.length;
    const shortage = needed > limitBytes ? 'payload_too_large' : holding.grow(chunk.length);
    if (shortage) return reject(new RequestError(shortage));
    if (needed > received.length) received = enlarged(received, Math.max(needed, 2 * received.length));
    chunk.copy(received, length);
    length = needed;
  };
  const onEnd = () => resolve(received.subarray(0, length));
  // Without the end, and perhaps without an error: the client has disconnected.
  const onGone = () => reject(new RequestError('malformed_request'));
  sent.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone).resume();
  try {
    const bytes = await promise;
    holding.settle();
    return { bytes, holding, [Symbol.dispose]: () => free(bytes) };
  } catch (error) {
    holding.release();
    free(received);
    throw error;
  } finally {
    // Without what was read: the request may be kept for longer.
    sent.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone).on('error', ignore);
  }
}
