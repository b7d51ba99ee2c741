import { countUnexpectedFailure, DatabaseError, type Database } from '@trackly/db';
import type { ChunkJob } from '@trackly/queue';
import type { Logger } from '@trackly/runtime';

/** How often a failure that nobody foresaw is taken for something that may pass. */
const UNEXPECTED_FAILURES = 6;

/**
 * Tells whether saving a chunk may succeed later, with nothing changed. What nobody foresaw is counted in the ledger, and
 * taken for the fault of a record in the end.
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
