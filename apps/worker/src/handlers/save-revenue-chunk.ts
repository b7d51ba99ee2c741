import {
  countUnexpectedFailure,
  DatabaseError,
  giveUpRecord,
  saveRevenueChunk,
  splitChunk,
  type Database,
  type SavedChunk,
} from '@trackly/db';
import type { ChunkJob, JobHandlers, Producer } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

/** How often a failure that nobody foresaw is taken for something that may pass. */
const UNEXPECTED_FAILURES = 6;

export interface HandlerOptions {
  db: Database;
  producer: Pick<Producer, 'enqueue'>;
  logger: Logger;
}

/** Saves the chunk that the job names, and tells what became of it in one line. */
export function saveRevenueChunkHandler(options: HandlerOptions): JobHandlers['save-revenue-chunk'] {
  const { db, producer, logger } = options;

  return async (job) => {
    const startedAt = performance.now();
    const chunk = await saveOrSplit(job);
    if (!chunk) {
      logger.warn(job, 'the chunk is not in the ledger any more');
      return { saved: false };
    }
    logger.info({ ...job, ...chunk, durationMs: Math.round(performance.now() - startedAt) }, 'chunk saved');
    return chunk;
  };

  /** When the records cannot be saved together, halves the chunk until it can be saved, or a single record is left. */
  async function saveOrSplit(job: ChunkJob): Promise<SavedChunk | undefined> {
    for (;;) {
      try {
        return await saveRevenueChunk(db, job);
      } catch (error) {
        if (await mayPass(error, job)) throw error;
        const split = await splitChunk(db, job);
        if (split) {
          await producer.enqueue('save-revenue-chunk', [{ ...job, ...split }]);
        } else if (await giveUpRecord(db, job)) {
          logger.error({ ...job, err: error }, 'a record cannot be saved: save_error');
        }
      }
    }
  }

  async function mayPass(error: unknown, job: ChunkJob): Promise<boolean> {
    if (error instanceof DatabaseError && error.isTransient) return true;
    if (error instanceof DatabaseError && error.kind === 'data') return false;
    const failures = await countUnexpectedFailure(db, job);
    logger.error({ ...job, err: error, failures }, 'a chunk failed for a reason that nobody foresaw');
    return failures < UNEXPECTED_FAILURES;
  }
}
