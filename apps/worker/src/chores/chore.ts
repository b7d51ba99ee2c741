import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { giveLeaseBack, holdLease, type Database } from '@trackly/db';
import type { Logger } from '@trackly/runtime';

/** Periodic work besides jobs. One worker at a time does it. */
export interface Chore {
  name: string;
  /** Milliseconds from the end of one round to the next. */
  everyMs: number;
  /**
   * Does one round, in steps that take at most seconds.
   *
   * @param mayGoOn call it before each step; false if the worker is ending or another worker holds the lease
   */
  run: (mayGoOn: () => Promise<boolean>) => Promise<void>;
}

/** Another worker takes over the chores of a killed worker after this many seconds. */
const LEASE_SECONDS = 10;

/** Does a chore whenever it is due and no other worker holds its lease. An error is logged, and ends the round. */
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
      // If this fails, the lease expires.
      await giveLeaseBack(db, lease).catch(() => undefined);
    },
  };
}
