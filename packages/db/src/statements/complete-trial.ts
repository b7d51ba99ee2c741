import type { ChunkRef, KindSpec, Notices } from '@trackly/contract';

import { deleteRecordsOf } from '../chunk-records.ts';
import type { Database } from '../client.ts';
import type { TrialOutcome } from './read-trial-outcome.ts';

/** Completes the open chunk of a trial that was rolled back, with its outcome, and forgets the import's fingerprints. */
export async function completeTrial(
  db: Database,
  kind: KindSpec,
  chunk: ChunkRef,
  outcome: TrialOutcome & { notices: Notices | undefined },
): Promise<void> {
  const { accountId, importId, chunkIndex } = chunk;
  const notices = Object.entries(outcome.notices ?? {}).filter(([, count]) => count > 0);
  await db.$executeRaw`
    /* complete-trial */
    WITH completed AS (
      UPDATE import_chunks
      SET
        record_indexes = NULL,
        completed_at = clock_timestamp(),
        success_count = ${outcome.successCount},
        skipped_count = ${outcome.skippedCount},
        totals = ${JSON.stringify(outcome.totals)}::json,
        errors = ${JSON.stringify(outcome.errors)}::json,
        rejected_records = ${outcome.rejectedRecords}::json,
        notices = ${notices.length > 0 ? JSON.stringify(Object.fromEntries(notices)) : null}::json
      WHERE account_id = ${accountId}::bigint
        AND import_id = ${importId}::uuid
        AND chunk_index = ${chunkIndex}
        AND completed_at IS NULL
      RETURNING account_id, import_id, chunk_index
    ),
    forgotten AS (
      DELETE FROM import_fingerprints AS known
      USING completed
      WHERE known.account_id = completed.account_id AND known.import_id = completed.import_id
    )
    ${deleteRecordsOf(kind, 'completed')}`;
}
