import { countUnexpectedFailure, DatabaseError, type Database } from '@trackly/db';
import type { ChunkJob } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

/** After this many unexpected failures of a chunk, one of its records is taken for the cause. */
const UNEXPECTED_FAILURES = 6;

/**
 * Decides whether saving a chunk may succeed later without any change. Counts unexpected failures in the ledger, and
 * blames a record after the sixth.
 */
export async function mayPass(
  error: unknown,
  job: ChunkJob,
  { db, logger }: { db: Database; logger: Logger },
): Promise<boolean> {
  if (error instanceof DatabaseError && error.isTransient) return true;
  if (error instanceof DatabaseError && error.kind === 'data') return false;
  const failures = await countUnexpectedFailure(db, job);
  logger.error({ ...job, err: error, failures }, 'a chunk failed for a reason that nobody foresaw');
  return failures < UNEXPECTED_FAILURES;
}
