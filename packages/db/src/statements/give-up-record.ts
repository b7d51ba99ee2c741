import type { ChunkRef } from '@trackly/contract';

import { NO_RECORDS, recordAsJson } from '../record-columns.ts';
import type { Statements } from '../transaction.ts';

const RECORD = recordAsJson({
  messageRef: 'message_refs[1]',
  offerRef: 'offer_refs[1]',
  revenue: 'revenues[1]',
  payout: 'payouts[1]',
  attributionType: 'attribution_types[1]',
  occurredAt: 'occurred_ats[1]',
});

/**
 * Completes an open chunk of a single record, which cannot be saved, with `save_error`.
 *
 * @returns whether there was such a chunk
 */
export async function giveUpRecord(db: Statements, chunk: ChunkRef): Promise<boolean> {
  const { accountId, importId, chunkIndex } = chunk;
  const completed = await db.$executeRaw`
    /* give-up-record */
    UPDATE import_chunks
    SET
      ${NO_RECORDS},
      completed_at = clock_timestamp(),
      success_count = 0,
      revenue_total = 0,
      errors = json_build_array(json_build_object('index', record_indexes[1], 'code', 'save_error')),
      failed_records = json_build_array(${RECORD})
    WHERE account_id = ${accountId}::bigint
      AND import_id = ${importId}::uuid
      AND chunk_index = ${chunkIndex}
      AND completed_at IS NULL
      AND record_count = 1`;
  return completed > 0;
}
