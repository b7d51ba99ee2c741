import { DatabaseError, stopImport, type Database, type Kind, type UndoneChunk } from '@trackly/db';
import { NotYetError, type ChunkJob, type JobHandler } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

import type { WorkerMetrics } from '../metrics.ts';
import { timed } from './timed.ts';

/**
 * Maximum number of an account's chunks that are undone together. The account's imports wait meanwhile, for seconds.
 */
const BATCH_SIZE = 50;

/** Others are at work. The job is put back, so that this worker can do something else. */
const TRIED_LATER: ReadonlySet<UndoneChunk['status']> = new Set(['import_open', 'turn_taken', 'others_open']);

export interface UndoHandlerOptions {
  /** Connections with a longer statement timeout than those for saving. */
  undoDb: Database;
  metrics: Pick<WorkerMetrics, 'removed' | 'saving'>;
  logger: Logger;
}

/** Creates the handler that undoes the chunk of a job, once nothing of its import is being saved. */
export function undoChunkHandler(kind: Kind<string>, options: UndoHandlerOptions): JobHandler {
  const { undoDb, metrics, logger } = options;

  return async (job, { number, jobAgeMs }) => {
    const startedAt = performance.now();
    const chunk = await stopAndUndo(job);
    if (!chunk) {
      logger.warn(job, 'the chunk is not in the ledger any more');
      return { status: 'unknown' };
    }
    const { status, removedCount } = chunk;
    metrics.removed.inc(removedCount);
    const durationMs = Math.round(performance.now() - startedAt);
    const outcome = { ...job, ...chunk, attempt: number, jobAgeMs, durationMs };
    if (TRIED_LATER.has(status)) {
      logger.debug(outcome, 'chunk not undone yet');
      throw new NotYetError();
    }
    logger.info(outcome, status === 'in_use' ? 'import in use: not undone' : 'chunk undone');
    return chunk;
  };

  /** Repeats the stop: a chunk that is split while it is being stopped leaves another one to be stopped. */
  async function stopAndUndo(job: ChunkJob): Promise<UndoneChunk | undefined> {
    // It may stay as it is, so it is completed first.
    if (kind.spec.isUndoneAsWhole) return timed(metrics, () => undo(job));
    for (;;) {
      await stopImport(undoDb, kind.spec, job);
      const chunk = await timed(metrics, () => undo(job));
      if (chunk?.status !== 'import_open') return chunk;
    }
  }

  /** Undoes the chunk together with others that wait to be undone; alone if one of them cannot be undone. */
  async function undo(job: ChunkJob): Promise<UndoneChunk | undefined> {
    try {
      return await kind.undoChunk(undoDb, job, BATCH_SIZE);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind !== 'data') throw error;
      return kind.undoChunk(undoDb, job, 1);
    }
  }
}
