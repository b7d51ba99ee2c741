import { MAX_RECORDS, type ChunkRef } from '@trackly/contract';

import type { Database } from '../client.ts';

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
export async function splitChunk(db: Database, chunk: ChunkRef): Promise<SplitChunk | undefined> {
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
    half AS MATERIALIZED (
      SELECT
        record.position > chunk.record_count / 2 AS is_second,
        json_agg(record.value ORDER BY record.position) AS records,
        count(*) AS record_count,
        min((record.value ->> 'record_index')::integer) AS first_record_index
      FROM chunk, json_array_elements(chunk.records) WITH ORDINALITY AS record (value, position)
      GROUP BY is_second
    ),
    first AS (
      UPDATE import_chunks
      SET records = half.records, record_count = half.record_count
      FROM chunk, half
      WHERE NOT half.is_second
        AND import_chunks.account_id = chunk.account_id
        AND import_chunks.import_id = chunk.import_id
        AND import_chunks.chunk_index = chunk.chunk_index
    )
    INSERT INTO import_chunks (account_id, import_id, chunk_index, record_count, records, priority, unexpected_failures)
    SELECT
      chunk.account_id, chunk.import_id, ${MAX_RECORDS}::integer + half.first_record_index,
      half.record_count, half.records, chunk.priority, chunk.unexpected_failures
    FROM chunk, half
    WHERE half.is_second
    RETURNING chunk_index AS "chunkIndex", priority`;
  return split;
}
