import { MAX_KEPT_RECORD_BYTES, type ChunkRef, type KindSpec } from '@trackly/contract';

import { countCompleted } from '../account-usage.ts';
import {
  deleteRecordsOf,
  eachField,
  fieldColumns,
  recordAsJson,
  recordsTable,
  rejectionAsJson,
  withDefaults,
} from '../chunk-records.ts';
import { Prisma } from '../generated/client.ts';
import { chunkBytesOf } from '../stored-bytes.ts';
import { totalsAndCountsOf } from '../totals.ts';
import type { Statements } from '../transaction.ts';
import { warningsOf } from './warnings.ts';

export interface SavedChunk {
  /** False if the chunk was completed before, and nothing was changed. */
  saved: boolean;
  successCount: number;
  skippedCount: number;
  errorCount: number;
  /** Numbers of rejected records by code. */
  errorCodes: Partial<Record<string, number>>;
  /** Rejected records that are not kept. */
  notKeptCount: number;
  /** Estimated bytes of the saved rows. */
  rowBytes: number;
}

/**
 * Saves a chunk in one statement: all of it or nothing. Further calls for the same chunk change nothing. The row lock
 * on the chunk makes a second delivery wait for the first and then find the chunk completed.
 *
 * @param isTrial whether the chunk is a trial, whose effects may be rolled back; what it stores is counted later
 * @param steps CTEs with what the kind does. They can read `sent`: index and fields of each record, with defaults
 *   filled in. The last one must be `judged`: index, fields, `error_code` and `is_skipped` of each record, for each count
 *   of the kind a boolean column with its name, `warning_code` if the kind has warnings, and `stored_bytes`, an estimate of
 *   what its row takes with its share of the indexes
 * @returns undefined if there is no such chunk
 */
export async function saveChunk(
  db: Statements,
  kind: KindSpec,
  { accountId, importId, chunkIndex }: ChunkRef,
  isTrial: boolean,
  steps: Prisma.Sql,
): Promise<SavedChunk | undefined> {
  const warnings = warningsOf(kind);
  const [outcome] = await db.$queryRaw<SavedChunk[]>(Prisma.sql`
    ${Prisma.raw(`/* save-${kind.name}-chunk */`)}
    WITH chunk AS MATERIALIZED (
      SELECT import_chunks.*, imports.created_at AS accepted_at, imports.record_budget
      FROM import_chunks
      JOIN imports ON imports.account_id = import_chunks.account_id AND imports.id = import_chunks.import_id
      WHERE import_chunks.account_id = ${accountId}::bigint
        AND import_chunks.import_id = ${importId}::uuid
        AND import_chunks.chunk_index = ${chunkIndex}
        AND (imports.is_dry_run OR imports.is_atomic) = ${isTrial}
      FOR UPDATE OF import_chunks
    ),

    -- Locked, to read the state after the wait. A completed chunk has no row here, so all further steps do nothing.
    open AS MATERIALIZED (
      SELECT open.*
      FROM chunk
      JOIN ${recordsTable(kind)} AS open USING (account_id, import_id, chunk_index)
      WHERE chunk.completed_at IS NULL
      FOR UPDATE OF open
    ),

    sent AS MATERIALIZED (
      SELECT record.record_index, ${withDefaults(kind, 'record', 'chunk.accepted_at')}
      FROM chunk, open, unnest(chunk.record_indexes, ${eachField(kind, (column) => `open.${column}`)})
        AS record (record_index, ${fieldColumns(kind)})
    ),
    ${steps},

    saved AS (
      SELECT
        count(*) FILTER (WHERE NOT is_skipped) AS success_count,
        count(*) FILTER (WHERE is_skipped) AS skipped_count,
        ${totalsAndCountsOf(kind, {
          sumOf: (column) => `sum(${column}) FILTER (WHERE NOT is_skipped)`,
          countOf: (column) => `count(*) FILTER (WHERE ${column} AND NOT is_skipped)`,
        })} AS totals,
        coalesce(sum(stored_bytes) FILTER (WHERE NOT is_skipped), 0) AS row_bytes
      FROM judged
      WHERE error_code IS NULL
    ),

    -- Those that are short enough are kept, by index, as long as the chunk's share of what the import may keep lasts.
    rejected AS MATERIALIZED (
      SELECT
        record_index,
        error,
        CASE
          WHEN octet_length(record::text) <= ${MAX_KEPT_RECORD_BYTES}
            AND sum(octet_length(record::text)) FILTER (WHERE octet_length(record::text) <= ${MAX_KEPT_RECORD_BYTES})
              OVER (ORDER BY record_index) <= chunk.record_budget * chunk.record_count
          THEN record
        END AS record
      FROM chunk, (
        SELECT
          record_index,
          ${rejectionAsJson(kind, { index: 'record_index', code: 'error_code', valueOf: (column) => `judged.${column}` })}
            AS error,
          ${recordAsJson(kind, (column) => `judged.${column}`)} AS record
        FROM judged
        WHERE error_code IS NOT NULL
      ) AS each
    ),

    ${warnings.step}outcome AS (
      SELECT
        coalesce(json_agg(error ORDER BY record_index), '[]') AS errors,
        coalesce(json_agg(record ORDER BY record_index), '[]') AS rejected_records,
        coalesce(sum(octet_length(record::text)), 0) AS kept_bytes,
        count(*) - count(record) AS not_kept_count
      FROM rejected
    ),

    error_codes AS (
      SELECT coalesce(json_object_agg(error_code, record_count), '{}') AS record_counts
      FROM (SELECT error_code, count(*) AS record_count FROM judged WHERE error_code IS NOT NULL GROUP BY error_code)
        AS by_code
    ),

    completed AS (
      UPDATE import_chunks
      SET
        record_indexes = NULL,
        completed_at = clock_timestamp(),
        success_count = saved.success_count,
        skipped_count = saved.skipped_count,
        totals = saved.totals,
        errors = outcome.errors,
        rejected_records = outcome.rejected_records,
        ${warnings.changes}
        kept_bytes = outcome.kept_bytes,
        stored_bytes = ${Prisma.raw(chunkBytesOf(['outcome.errors', 'outcome.rejected_records', ...warnings.stored]))}
      FROM open, saved, outcome${warnings.table}
      WHERE import_chunks.account_id = open.account_id
        AND import_chunks.import_id = open.import_id
        AND import_chunks.chunk_index = open.chunk_index
      RETURNING
        import_chunks.account_id, import_chunks.import_id, import_chunks.chunk_index,
        import_chunks.success_count, import_chunks.skipped_count, import_chunks.record_count, not_kept_count, row_bytes,
        import_chunks.kept_bytes, import_chunks.stored_bytes + row_bytes AS stored_bytes
    ),

    emptied AS (${deleteRecordsOf(kind, 'open')}
    )${isTrial ? Prisma.empty : countCompleted()}

    SELECT
      true AS saved,
      success_count AS "successCount",
      skipped_count AS "skippedCount",
      record_count - success_count - skipped_count AS "errorCount",
      error_codes.record_counts AS "errorCodes",
      not_kept_count::integer AS "notKeptCount",
      row_bytes::integer AS "rowBytes"
    FROM completed, error_codes
    UNION ALL
    SELECT false, success_count, skipped_count, record_count - success_count - skipped_count, '{}', 0, 0
    FROM chunk
    WHERE completed_at IS NOT NULL`);
  return outcome;
}
