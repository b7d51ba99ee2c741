import { removeOldImports as removeSome, type Database } from '@trackly/db';
import type { Logger } from '@trackly/runtime';

import type { Chore } from './chore.ts';

const EVERY_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const BATCH_SIZE = 1_000;

/** Removes completed imports, with the idempotency keys they keep, after some days. Their revenue rows stay. */
export function removeOldImports(db: Database, keptDays: number, logger: Logger): Chore {
  return {
    name: 'remove-old-imports',
    everyMs: EVERY_MS,
    async run(mayGoOn) {
      const before = new Date(Date.now() - keptDays * DAY_MS);
      while (await mayGoOn()) {
        const removed = await removeSome(db, before, BATCH_SIZE);
        if (removed === 0) return;
        logger.info({ removed, before }, 'old imports removed');
      }
    },
  };
}
