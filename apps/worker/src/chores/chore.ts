import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { giveLeaseBack, holdLease, type Database } from '@trackly/db';
import type { Logger } from '@trackly/runtime';

/** What workers do besides taking jobs: now and then, and one worker at a time. */
export interface Chore {
  name: string;
  /** Milliseconds from the end of one round to the next. */
  everyMs: number;
  /**
   * Does one round, in steps that take seconds at most.
   *
   * @param mayGoOn to be asked before each step: false when the worker is ending, or another one has taken over
   */
  run: (mayGoOn: () => Promise<boolean>) => Promise<void>;
}

/** A killed worker's chores are taken over after so many seconds. */
const LEASE_SECONDS = 10;

/** Does a chore whenever it is due and no other worker has the lease for it. Trouble is logged, and ends one round. */
export function startChore({ name, everyMs, run }: Chore, db: Database, logger: Logger): AsyncDisposable {
  const lease = { name, holder: randomUUID(), seconds: LEASE_SECONDS };
  const ending = new AbortController();
  const mayGoOn = async () => !ending.signal.aborted && (await holdLease(db, lease));

  async function doRounds(): Promise<void> {
    while (!ending.signal.aborted) {
      await run(mayGoOn).catch((error: unknown) => logger.error({ err: error, chore: name }, 'a chore failed'));
      await delay(everyMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }

  const rounds = doRounds();
  return {
    async [Symbol.asyncDispose]() {
      ending.abort();
      await rounds;
      // If it cannot be given back, it expires.
      await giveLeaseBack(db, lease).catch(() => undefined);
    },
  };
}
