import type { ImportRef, Notices, Rejection, Totals } from '@trackly/contract';

import { sumOfTotals } from '../totals.ts';
import type { Statements } from '../transaction.ts';

/** The outcome of a trial, before the decision whether to keep it. */
export interface TrialOutcome {
  successCount: number;
  skippedCount: number;
  totals: Totals;
  /** By index. */
  errors: Rejection[];
  /** The rejected records as JSON, in the order of the errors. */
  rejectedRecords: string;
  /** Bytes of those that are kept. */
  keptBytes: number;
  /** Warnings as JSON, by index; null if there are none. */
  warnings: string | null;
  /** Numbers of warnings by code, and of rejected records that are not kept. */
  notices: Notices;
}

/** Reads the outcome of a trial, in the transaction that has tried to save its records. */
export async function readTrialOutcome(tx: Statements, { accountId, importId }: ImportRef): Promise<TrialOutcome> {
  const [outcome] = await tx.$queryRaw<TrialOutcome[]>`
    /* read-trial-outcome */
    WITH chunk AS MATERIALIZED (
      SELECT success_count, skipped_count, totals, errors, rejected_records, kept_bytes, warnings, notices
      FROM import_chunks
      WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid
    ),
    rejection AS MATERIALIZED (
      SELECT (rejection.error ->> 'index')::integer AS record_index, rejection.error, rejection.record
      FROM chunk
      CROSS JOIN ROWS FROM (json_array_elements(chunk.errors), json_array_elements(chunk.rejected_records))
        AS rejection (error, record)
    )
    SELECT
      sum(success_count)::integer AS "successCount",
      sum(skipped_count)::integer AS "skippedCount",
      ${sumOfTotals('SELECT totals FROM chunk')} AS totals,
      coalesce((SELECT json_agg(error ORDER BY record_index) FROM rejection), '[]') AS errors,
      coalesce((SELECT json_agg(record ORDER BY record_index) FROM rejection), '[]')::text AS "rejectedRecords",
      sum(kept_bytes)::integer AS "keptBytes",
      (
        SELECT json_agg(warning ORDER BY (warning ->> 'index')::integer)
        FROM chunk CROSS JOIN json_array_elements(chunk.warnings) AS warning
      )::text AS warnings,
      (
        SELECT coalesce(json_object_agg(name, records), '{}')
        FROM (
          SELECT notice.name, sum(notice.value::integer) AS records
          FROM chunk CROSS JOIN json_each_text(chunk.notices) AS notice (name, value)
          GROUP BY notice.name
        ) AS by_name
      ) AS notices
    FROM chunk`;
  if (!outcome) throw new Error('An aggregate has one row.');
  return outcome;
}
