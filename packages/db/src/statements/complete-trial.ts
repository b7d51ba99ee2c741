import type { ChunkRef, KindSpec } from '@trackly/contract';

import { countCompleted } from '../account-usage.ts';
import { deleteRecordsOf } from '../chunk-records.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { chunkBytes, FINGERPRINT_BYTES } from '../stored-bytes.ts';
import type { TrialOutcome } from './read-trial-outcome.ts';

/** Completes the open chunk of a trial that was rolled back, with its outcome, and forgets the import's fingerprints. */
export async function completeTrial(
  db: Database,
  kind: KindSpec,
  chunk: ChunkRef,
  outcome: TrialOutcome,
): Promise<void> {
  const { accountId, importId, chunkIndex } = chunk;
  const notices = Object.entries(outcome.notices).filter(([, count]) => count > 0);
  const errors = JSON.stringify(outcome.errors);
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
        errors = ${errors}::json,
        rejected_records = ${outcome.rejectedRecords}::json,
        warnings = ${outcome.warnings}::json,
        notices = ${notices.length > 0 ? JSON.stringify(Object.fromEntries(notices)) : null}::json,
        kept_bytes = ${outcome.keptBytes},
        stored_bytes = ${chunkBytes([errors, outcome.rejectedRecords, outcome.warnings ?? '[]'])}
      WHERE account_id = ${accountId}::bigint
        AND import_id = ${importId}::uuid
        AND chunk_index = ${chunkIndex}
        AND completed_at IS NULL
      RETURNING account_id, import_id, chunk_index, kept_bytes, stored_bytes
    ),
    forgotten AS (
      DELETE FROM import_fingerprints AS known
      USING completed
      WHERE known.account_id = completed.account_id AND known.import_id = completed.import_id
      RETURNING ${FINGERPRINT_BYTES}::integer + octet_length(known.import_name) AS stored_bytes
    )${countCompleted(Prisma.sql`(SELECT coalesce(sum(stored_bytes), 0) FROM forgotten)`)}
    ${deleteRecordsOf(kind, 'completed')}`;
}
