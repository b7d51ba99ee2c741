import { saveRevenueChunk, type Database } from '@trackly/db';
import type { JobHandlers } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

/** Saves the chunk that the job names, and tells what became of it in one line. */
export function saveRevenueChunkHandler(db: Database, logger: Logger): JobHandlers['save-revenue-chunk'] {
  return async (job) => {
    const startedAt = performance.now();
    const chunk = await saveRevenueChunk(db, job);
    if (!chunk) throw new Error('There is no such chunk in the ledger.');
    logger.info({ ...job, ...chunk, durationMs: Math.round(performance.now() - startedAt) }, 'chunk saved');
    return chunk;
  };
}
