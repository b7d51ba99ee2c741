import { rejectRecord, saveWhatFits, splitChunk, type Database, type Kind, type SavedChunk } from '@trackly/db';
import { jobName, type Attempt, type ChunkJob, type JobHandler, type Producer } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

import type { WorkerMetrics } from '../metrics.ts';
import { mayPass } from './may-pass.ts';
import { timed } from './timed.ts';

export interface HandlerOptions {
  db: Database;
  producer: Pick<Producer, 'enqueue'>;
  metrics: WorkerMetrics;
  logger: Logger;
}

/** Creates the handler that saves the chunk of a job, and logs its outcome in one line. */
export function saveChunkHandler(kind: Kind<string>, options: HandlerOptions): JobHandler {
  const { db, producer, metrics, logger } = options;

  return async (job, attempt) => {
    const startedAt = performance.now();
    countAttempt(attempt);
    const chunk = await saveOrSplit(job);
    if (!chunk) {
      logger.warn(job, 'the chunk is not in the ledger any more');
      return { saved: false };
    }
    countRecords(chunk);
    const { save_error: unsaved = 0 } = chunk.errorCodes;
    if (unsaved > 0) logger.error({ ...job, unsaved }, 'records cannot be saved: save_error');
    const durationMs = Math.round(performance.now() - startedAt);
    const { rowBytes: _rowBytes, ...outcome } = chunk;
    logger.info({ ...job, ...outcome, attempt: attempt.number, jobAgeMs: attempt.jobAgeMs, durationMs }, 'chunk saved');
    return chunk;
  };

  function countAttempt({ number, jobAgeMs }: Attempt): void {
    if (number === 1) metrics.inQueue.observe(jobAgeMs / 1_000);
  }

  function countRecords({ saved, successCount, skippedCount, errorCodes, notKeptCount }: SavedChunk): void {
    if (!saved) return;
    metrics.notKept.inc(notKeptCount);
    metrics.saved.inc(successCount);
    metrics.skipped.inc(skippedCount);
    for (const [code, count] of Object.entries(errorCodes)) metrics.rejected.inc({ code }, count);
  }

  /** If the records cannot be saved together, halves the chunk until it can be saved or a single record is left. */
  async function saveOrSplit(job: ChunkJob): Promise<SavedChunk | undefined> {
    for (;;) {
      try {
        return await timed(metrics, () => saveWhatFits(db, kind, job));
      } catch (error) {
        if (await mayPass(error, job, options)) throw error;
        const split = await splitChunk(db, kind.spec, job);
        if (split) {
          metrics.splits.inc();
          logger.info({ ...job, err: error, newChunkIndex: split.chunkIndex }, 'chunk split');
          await producer.enqueue(jobName('save', kind.spec.name), [{ ...job, ...split }]);
          continue;
        }
        const rejected = await rejectRecord(db, kind.spec, job);
        if (rejected) {
          metrics.rejected.inc({ code: 'save_error' });
          metrics.notKept.inc(rejected.notKeptCount);
          logger.error({ ...job, err: error }, 'a record cannot be saved: save_error');
        }
      }
    }
  }
}
