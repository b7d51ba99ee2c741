import { MAX_RECORDS, type ChunkRef, type KindSpec } from '@trackly/contract';

import { eachField, fieldColumns, recordsTable } from '../chunk-records.ts';
import { Prisma } from '../generated/client.ts';
import type { Statements } from '../transaction.ts';

export interface SplitChunk {
  chunkIndex: number;
  /** Its place in the queue. */
  priority: number;
}

/**
 * Splits an open chunk whose records cannot be saved together. The chunk keeps about the first half of its records; a new
 * chunk gets the others. The index of the new chunk is unique: it is the index of its first record, which no other
 * chunk begins with, plus a number above the indexes of the import's first chunks. That number is the size of the
 * import, which has no more chunks than records, but at least MAX_RECORDS, which earlier versions always used.
 *
 * @returns the new chunk; undefined if the chunk is not open or has a single record
 */
export async function splitChunk(db: Statements, kind: KindSpec, chunk: ChunkRef): Promise<SplitChunk | undefined> {
  const { accountId, importId, chunkIndex } = chunk;
  const [split] = await db.$queryRaw<SplitChunk[]>`
    /* split-chunk */
    WITH chunk AS MATERIALIZED (
      SELECT import_chunks.*, imports.record_count AS import_record_count
      FROM import_chunks
      JOIN imports ON imports.account_id = import_chunks.account_id AND imports.id = import_chunks.import_id
      WHERE import_chunks.account_id = ${accountId}::bigint
        AND import_chunks.import_id = ${importId}::uuid
        AND import_chunks.chunk_index = ${chunkIndex}
        AND import_chunks.completed_at IS NULL
        AND import_chunks.record_count > 1
      FOR UPDATE OF import_chunks
    ),
    records AS MATERIALIZED (
      SELECT records.*
      FROM chunk
      JOIN ${recordsTable(kind)} AS records USING (account_id, import_id, chunk_index)
      FOR UPDATE OF records
    ),
    middle AS MATERIALIZED (${middleOf(kind)}
    ),
    half AS MATERIALIZED (
      SELECT false AS is_second, 1 AS first, middle.last AS last FROM middle
      UNION ALL
      SELECT true, middle.last + 1, record_count FROM chunk, middle
    ),
    first_half AS (
      UPDATE import_chunks
      SET
        record_count = half.last,
        record_indexes = chunk.record_indexes[half.first:half.last]
      FROM chunk, half
      WHERE NOT half.is_second
        AND import_chunks.account_id = chunk.account_id
        AND import_chunks.import_id = chunk.import_id
        AND import_chunks.chunk_index = chunk.chunk_index
    ),
    first_records AS (
      UPDATE ${recordsTable(kind)} AS kept
      SET ${eachField(kind, (column) => `${column} = records.${column}[half.first:half.last]`)}
      FROM records, half
      WHERE NOT half.is_second
        AND kept.account_id = records.account_id
        AND kept.import_id = records.import_id
        AND kept.chunk_index = records.chunk_index
    ),
    second_half AS (
      INSERT INTO import_chunks (
        account_id, import_id, chunk_index, record_count, record_indexes, priority, unexpected_failures
      )
      SELECT
        chunk.account_id,
        chunk.import_id,
        greatest(chunk.import_record_count, ${MAX_RECORDS}::integer) + chunk.record_indexes[half.first],
        half.last - half.first + 1,
        chunk.record_indexes[half.first:half.last],
        chunk.priority,
        chunk.unexpected_failures
      FROM chunk, half
      WHERE half.is_second
      RETURNING chunk_index, priority
    ),
    second_records AS (
      INSERT INTO ${recordsTable(kind)} (account_id, import_id, chunk_index, ${fieldColumns(kind)})
      SELECT
        records.account_id, records.import_id, second_half.chunk_index,
        ${eachField(kind, (column) => `records.${column}[half.first:half.last]`)}
      FROM records, half, second_half
      WHERE half.is_second
    )
    SELECT chunk_index AS "chunkIndex", priority FROM second_half`;
  return split;
}

/**
 * Where the first half ends. Records that agree in the field that identifies them are neighbours, and stay in one chunk as
 * long as there are others in it: the halves may be saved in any order.
 */
function middleOf({ identity }: KindSpec): Prisma.Sql {
  if (identity === undefined) return Prisma.sql`SELECT record_count / 2 AS last FROM chunk`;
  const id = Prisma.raw(`records."${identity}"`);
  return Prisma.sql`
      SELECT
        coalesce(
          max(place) FILTER (WHERE place <= chunk.record_count / 2),
          min(place),
          chunk.record_count / 2
        ) AS last
      FROM chunk
      CROSS JOIN records
      LEFT JOIN generate_series(1, chunk.record_count - 1) AS place ON ${id}[place] <> ${id}[place + 1]
      GROUP BY chunk.record_count`;
}
