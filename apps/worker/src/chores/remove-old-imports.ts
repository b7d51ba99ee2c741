import { removeOldImports as removeSome, type Database } from '@trackly/db';
import type { Logger } from '@trackly/runtime';

import type { WorkerMetrics } from '../metrics.ts';
import type { Chore } from './chore.ts';

const EVERY_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** How long dry runs are kept: nobody needs them once the import is made. */
const DRY_RUNS_KEPT_DAYS = 1;
const BATCH_SIZE = 1_000;

export interface RetentionOptions {
  db: Database;
  keptDays: number;
  metrics: WorkerMetrics;
  logger: Logger;
}

/** Removes completed imports, together with their idempotency keys, after `keptDays`, and dry runs after a day. Revenue rows stay. */
export function removeOldImports({ db, keptDays, metrics, logger }: RetentionOptions): Chore {
  return {
    name: 'remove-old-imports',
    everyMs: EVERY_MS,
    async run(mayGoOn) {
      const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
      const times = { before: daysAgo(keptDays), dryRunsBefore: daysAgo(DRY_RUNS_KEPT_DAYS) };
      while (await mayGoOn()) {
        const removed = await removeSome(db, times, BATCH_SIZE);
        if (removed === 0) return;
        metrics.removedImports.inc(removed);
        logger.info({ removed, ...times }, 'old imports removed');
      }
    },
  };
}
