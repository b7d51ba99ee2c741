import { MAX_RECORDS, type ChunkRef } from '@trackly/contract';

import { RECORD_COLUMNS } from '../record-columns.ts';
import type { Statements } from '../transaction.ts';

export interface SplitChunk {
  chunkIndex: number;
  /** Its place in the queue. */
  priority: number;
}

/**
 * Splits an open chunk whose records cannot be saved together: it keeps the first half of them, a new chunk gets the
 * others. The new one's index comes from its first record, which is the first of no other, and lies above those of the
 * chunks that an import begins with.
 *
 * @returns the new chunk; undefined when the chunk is not open or has a single record
 */
export async function splitChunk(db: Statements, chunk: ChunkRef): Promise<SplitChunk | undefined> {
  const { accountId, importId, chunkIndex } = chunk;
  const [split] = await db.$queryRaw<SplitChunk[]>`
    /* split-chunk */
    WITH chunk AS MATERIALIZED (
      SELECT *
      FROM import_chunks
      WHERE account_id = ${accountId}::bigint
        AND import_id = ${importId}::uuid
        AND chunk_index = ${chunkIndex}
        AND completed_at IS NULL
        AND record_count > 1
      FOR UPDATE
    ),
    half AS (
      SELECT false AS is_second, 1 AS first, chunk.record_count / 2 AS last FROM chunk
      UNION ALL
      SELECT true, chunk.record_count / 2 + 1, chunk.record_count FROM chunk
    ),
    half_chunk AS MATERIALIZED (
      SELECT
        chunk.account_id,
        chunk.import_id,
        chunk.chunk_index,
        chunk.priority,
        chunk.unexpected_failures,
        half.is_second,
        half.last - half.first + 1 AS record_count,
        chunk.record_indexes[half.first:half.last] AS record_indexes,
        chunk.message_refs[half.first:half.last] AS message_refs,
        chunk.offer_refs[half.first:half.last] AS offer_refs,
        chunk.revenues[half.first:half.last] AS revenues,
        chunk.payouts[half.first:half.last] AS payouts,
        chunk.attribution_types[half.first:half.last] AS attribution_types,
        chunk.occurred_ats[half.first:half.last] AS occurred_ats
      FROM chunk, half
    ),
    first AS (
      UPDATE import_chunks
      SET
        record_count = half_chunk.record_count,
        record_indexes = half_chunk.record_indexes,
        message_refs = half_chunk.message_refs,
        offer_refs = half_chunk.offer_refs,
        revenues = half_chunk.revenues,
        payouts = half_chunk.payouts,
        attribution_types = half_chunk.attribution_types,
        occurred_ats = half_chunk.occurred_ats
      FROM half_chunk
      WHERE NOT half_chunk.is_second
        AND import_chunks.account_id = half_chunk.account_id
        AND import_chunks.import_id = half_chunk.import_id
        AND import_chunks.chunk_index = half_chunk.chunk_index
    )
    INSERT INTO import_chunks (
      account_id, import_id, chunk_index, record_count, priority, unexpected_failures,
      ${RECORD_COLUMNS}
    )
    SELECT
      account_id, import_id, ${MAX_RECORDS}::integer + record_indexes[1], record_count, priority, unexpected_failures,
      ${RECORD_COLUMNS}
    FROM half_chunk
    WHERE is_second
    RETURNING chunk_index AS "chunkIndex", priority`;
  return split;
}
