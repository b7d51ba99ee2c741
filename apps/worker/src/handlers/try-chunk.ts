import { tryChunk, type Database, type DatabaseError, type Kind, type TriedChunk } from '@trackly/db';
import type { JobHandler } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

import type { WorkerMetrics } from '../metrics.ts';
import { mayPass } from './may-pass.ts';
import { timed } from './timed.ts';

export interface TryHandlerOptions {
  db: Database;
  metrics: Pick<WorkerMetrics, 'saved' | 'skipped' | 'rejected' | 'notKept' | 'saving'>;
  logger: Logger;
}

/** Creates the handler for trials: saves an atomic import as a whole or not at all, and carries out dry runs. */
export function tryChunkHandler(kind: Kind<string>, options: TryHandlerOptions): JobHandler {
  const { db, metrics, logger } = options;

  return async (job, { number, jobAgeMs }) => {
    const startedAt = performance.now();
    const tried = await attempt();
    if (!tried) {
      logger.info(job, 'the chunk is not open any more');
      return { saved: false };
    }
    const { isDryRun, saved, successCount, errors } = tried;
    count(tried);
    const outcome = { isDryRun, saved, successCount, errorCount: errors.length };
    const durationMs = Math.round(performance.now() - startedAt);
    logger.info({ ...job, ...outcome, attempt: number, jobAgeMs, durationMs }, 'chunk tried');
    return outcome;

    async function attempt(): Promise<TriedChunk | undefined> {
      try {
        return await timed(metrics, () => tryChunk(db, kind, job, isData));
      } catch (error) {
        if (await mayPass(error, job, options)) throw error;
        return tryChunk(db, kind, job, isNotTransient);
      }
    }
  };

  function count({ isDryRun, saved, successCount, skippedCount, errors, notKeptCount }: TriedChunk): void {
    metrics.notKept.inc(notKeptCount);
    if (saved) metrics.saved.inc(successCount);
    if (saved) metrics.skipped.inc(skippedCount);
    if (!isDryRun) for (const { code } of errors) metrics.rejected.inc({ code });
  }
}

const isData = ({ kind }: DatabaseError) => kind === 'data';
const isNotTransient = ({ isTransient }: DatabaseError) => !isTransient;
