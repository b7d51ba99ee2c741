import type { ChunkRef, KindSpec } from '@trackly/contract';

import { deleteRecordsOf, recordAsJson, recordsTable, rejectionAsJson } from '../chunk-records.ts';
import type { Statements } from '../transaction.ts';

const SAVE_ERROR = {
  index: 'import_chunks.record_indexes[1]',
  code: `'save_error'`,
  valueOf: (column: string) => `records.${column}[1]`,
};

/**
 * Rejects the record of an open chunk with a single record with `save_error`, and completes the chunk.
 *
 * @returns whether there was such a chunk
 */
export async function rejectRecord(db: Statements, kind: KindSpec, chunk: ChunkRef): Promise<boolean> {
  const { accountId, importId, chunkIndex } = chunk;
  const completed = await db.$executeRaw`
    /* reject-record */
    WITH completed AS (
      UPDATE import_chunks
      SET
        record_indexes = NULL,
        completed_at = clock_timestamp(),
        success_count = 0,
        skipped_count = 0,
        totals = '{}',
        errors = json_build_array(${rejectionAsJson(kind, SAVE_ERROR)}),
        rejected_records = json_build_array(${recordAsJson(kind, SAVE_ERROR.valueOf)})
      FROM ${recordsTable(kind)} AS records
      WHERE import_chunks.account_id = ${accountId}::bigint
        AND import_chunks.import_id = ${importId}::uuid
        AND import_chunks.chunk_index = ${chunkIndex}
        AND import_chunks.completed_at IS NULL
        AND import_chunks.record_count = 1
        AND records.account_id = import_chunks.account_id
        AND records.import_id = import_chunks.import_id
        AND records.chunk_index = import_chunks.chunk_index
      RETURNING import_chunks.account_id, import_chunks.import_id, import_chunks.chunk_index
    )
    ${deleteRecordsOf(kind, 'completed')}`;
  return completed > 0;
}
