import { MAX_KEPT_RECORD_BYTES, type ChunkRef, type KindSpec } from '@trackly/contract';

import { countCompleted } from '../account-usage.ts';
import { deleteRecordsOf, recordAsJson, recordsTable, rejectionAsJson } from '../chunk-records.ts';
import { Prisma } from '../generated/client.ts';
import { chunkBytesOf } from '../stored-bytes.ts';
import type { Statements } from '../transaction.ts';

const SAVE_ERROR = {
  index: 'chunk.record_indexes[1]',
  code: `'save_error'`,
  valueOf: (column: string) => `records.${column}[1]`,
};

/**
 * Rejects the record of an open chunk with a single record with `save_error`, and completes the chunk.
 *
 * @param isTrial whether the chunk is a trial, whose effects are rolled back then; what it stores is counted later
 * @returns whether there was such a chunk, and how many records are not kept
 */
export async function rejectRecord(
  db: Statements,
  kind: KindSpec,
  chunk: ChunkRef,
  isTrial = false,
): Promise<{ notKeptCount: number } | undefined> {
  const { accountId, importId, chunkIndex } = chunk;
  const [rejected] = await db.$queryRaw<{ notKeptCount: number }[]>`
    /* reject-record */
    WITH rejected AS MATERIALIZED (
      SELECT
        chunk.account_id, chunk.import_id, chunk.chunk_index,
        json_build_array(${rejectionAsJson(kind, SAVE_ERROR)}) AS errors,
        ${recordAsJson(kind, SAVE_ERROR.valueOf)} AS record,
        least(imports.record_budget, ${MAX_KEPT_RECORD_BYTES}) AS budget
      FROM import_chunks AS chunk
      JOIN ${recordsTable(kind)} AS records USING (account_id, import_id, chunk_index)
      JOIN imports ON imports.account_id = chunk.account_id AND imports.id = chunk.import_id
      WHERE chunk.account_id = ${accountId}::bigint
        AND chunk.import_id = ${importId}::uuid
        AND chunk.chunk_index = ${chunkIndex}
        AND chunk.completed_at IS NULL
        AND chunk.record_count = 1
      FOR UPDATE OF chunk
    ),
    kept AS MATERIALIZED (
      SELECT
        account_id, import_id, chunk_index, errors,
        octet_length(record::text) <= budget AS is_kept,
        CASE WHEN octet_length(record::text) <= budget THEN octet_length(record::text) ELSE 0 END AS kept_bytes,
        json_build_array(CASE WHEN octet_length(record::text) <= budget THEN record END) AS records
      FROM rejected
    ),
    completed AS (
      UPDATE import_chunks
      SET
        record_indexes = NULL,
        completed_at = clock_timestamp(),
        success_count = 0,
        skipped_count = 0,
        totals = '{}',
        errors = kept.errors,
        rejected_records = kept.records,
        notices = CASE WHEN NOT is_kept THEN json_build_object('records_not_kept', 1) END,
        kept_bytes = kept.kept_bytes,
        stored_bytes = ${Prisma.raw(chunkBytesOf(['kept.errors', 'kept.records']))}
      FROM kept
      WHERE import_chunks.account_id = kept.account_id
        AND import_chunks.import_id = kept.import_id
        AND import_chunks.chunk_index = kept.chunk_index
      RETURNING
        import_chunks.account_id, import_chunks.import_id, import_chunks.chunk_index,
        import_chunks.kept_bytes, import_chunks.stored_bytes, is_kept
    ),
    emptied AS (${deleteRecordsOf(kind, 'completed')}
    )${isTrial ? Prisma.empty : countCompleted()}
    SELECT CASE WHEN is_kept THEN 0 ELSE 1 END AS "notKeptCount" FROM completed`;
  return rejected;
}
