import { setTimeout as delay } from 'node:timers/promises';

import { DatabaseError } from '@trackly/db';

import { RequestError } from '../http/request-error.ts';

const RETRY_MS = 200;

/**
 * Writes something into the ledger that is harmless to write again, and knows for sure whether it is there: when the
 * connection was lost on the way, it finds out, for as long as the client would wait. What fails for certain throws at
 * once.
 *
 * @throws RequestError internal_error, when the time is up and it is still not known
 */
export async function forCertain<T>(write: () => Promise<T>, patienceMs: number): Promise<T> {
  const deadline = Date.now() + patienceMs;
  let mayBeWritten = false;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      mayBeWritten ||= error.kind === 'uncertain';
      if (!mayBeWritten || !error.isTransient) throw error;
      if (Date.now() > deadline) throw new RequestError('internal_error');
    }
    await delay(RETRY_MS);
  }
}
