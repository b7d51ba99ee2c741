import { setTimeout as delay } from 'node:timers/promises';

import { acceptImport, DatabaseError, type Acceptance, type Database, type NewImport } from '@trackly/db';

import { RequestError } from './request-error.ts';

const RETRY_MS = 200;

/**
 * Accepts an import, and knows for sure whether it did: when the connection was lost on the way, it finds out, for as
 * long as the client would wait. What fails for certain throws at once.
 *
 * @throws RequestError internal_error, when the time is up and it is still not known
 */
export async function acceptForCertain(db: Database, added: NewImport, patienceMs: number): Promise<Acceptance> {
  const deadline = Date.now() + patienceMs;
  let mayBeAccepted = false;
  for (;;) {
    try {
      return await acceptImport(db, added);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      mayBeAccepted ||= error.kind === 'uncertain';
      if (!mayBeAccepted || !error.isTransient) throw error;
      if (Date.now() > deadline) throw new RequestError('internal_error');
    }
    await delay(RETRY_MS);
  }
}
