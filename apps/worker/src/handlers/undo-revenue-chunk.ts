import { stopImport, undoRevenueChunk, type Database, type UndoneChunk } from '@trackly/db';
import type { ChunkJob, JobHandlers } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

import type { WorkerMetrics } from '../metrics.ts';
import { timed } from './timed.ts';

export interface UndoHandlerOptions {
  db: Database;
  metrics: Pick<WorkerMetrics, 'removed' | 'saving'>;
  logger: Logger;
}

/** Undoes the chunk that the job names, once nothing of its import is being saved any more. */
export function undoRevenueChunkHandler({
  db,
  metrics,
  logger,
}: UndoHandlerOptions): JobHandlers['undo-revenue-chunk'] {
  return async (job, { number, jobAgeMs }) => {
    const startedAt = performance.now();
    const chunk = await stopAndUndo(job);
    if (!chunk) {
      logger.warn(job, 'the chunk is not in the ledger any more');
      return { status: 'unknown' };
    }
    if (chunk.status === 'undone') metrics.removed.inc(chunk.removedCount);
    const durationMs = Math.round(performance.now() - startedAt);
    logger.info({ ...job, ...chunk, attempt: number, jobAgeMs, durationMs }, 'chunk undone');
    return chunk;
  };

  /** A chunk that is split while it is being stopped leaves another one, which has to be stopped, too. */
  async function stopAndUndo(job: ChunkJob): Promise<UndoneChunk | undefined> {
    for (;;) {
      await stopImport(db, job);
      const chunk = await timed(metrics, () => undoRevenueChunk(db, job));
      if (chunk?.status !== 'import_open') return chunk;
    }
  }
}
