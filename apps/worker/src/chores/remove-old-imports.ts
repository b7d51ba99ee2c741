import { removeOldImports as removeSome, type Database } from '@trackly/db';
import type { Logger } from '@trackly/runtime';

import type { WorkerMetrics } from '../metrics.ts';
import type { Chore } from './chore.ts';

const EVERY_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const BATCH_SIZE = 1_000;

export interface RetentionOptions {
  db: Database;
  keptDays: number;
  metrics: WorkerMetrics;
  logger: Logger;
}

/** Removes completed imports, together with their idempotency keys, after `keptDays`. Their revenue rows stay. */
export function removeOldImports({ db, keptDays, metrics, logger }: RetentionOptions): Chore {
  return {
    name: 'remove-old-imports',
    everyMs: EVERY_MS,
    async run(mayGoOn) {
      const before = new Date(Date.now() - keptDays * DAY_MS);
      while (await mayGoOn()) {
        const removed = await removeSome(db, before, BATCH_SIZE);
        if (removed === 0) return;
        metrics.removedImports.inc(removed);
        logger.info({ removed, before }, 'old imports removed');
      }
    },
  };
}
