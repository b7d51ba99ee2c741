import type { ChunkRef } from '@trackly/contract';

import type { Database } from '../client.ts';
import { NO_RECORDS } from '../record-columns.ts';
import type { Attempt } from './read-attempt.ts';

/** Completes an open chunk, of which nothing was saved, with an outcome. */
export async function completeTrial(db: Database, chunk: ChunkRef, outcome: Attempt): Promise<void> {
  const { accountId, importId, chunkIndex } = chunk;
  await db.$executeRaw`
    /* complete-trial */
    UPDATE import_chunks
    SET
      ${NO_RECORDS},
      completed_at = clock_timestamp(),
      success_count = ${outcome.successCount},
      revenue_total = ${outcome.revenueTotal}::numeric,
      errors = ${JSON.stringify(outcome.errors)}::json,
      failed_records = ${outcome.failedRecords}::json
    WHERE account_id = ${accountId}::bigint
      AND import_id = ${importId}::uuid
      AND chunk_index = ${chunkIndex}
      AND completed_at IS NULL`;
}
