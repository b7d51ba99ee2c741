import { setTimeout as delay } from 'node:timers/promises';

import { DatabaseError } from '@trackly/db';

import { RequestError } from '../http/request-error.ts';

const RETRY_MS = 200;

/**
 * Runs an idempotent write to the ledger until its result is certain. If the connection is lost during the write, which
 * may have taken effect or not, retries it every 200 ms for up to `patienceMs`. Throws a certain failure at once.
 *
 * @throws RequestError `internal_error` if the result is still unknown after `patienceMs`
 * @throws DatabaseError if the write has certainly failed
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
