import type { ImportRef, Rejection, Totals } from '@trackly/contract';

import { sumOfTotals } from '../totals.ts';
import type { Statements } from '../transaction.ts';

/** What saving a trial has brought, before it is decided whether to keep it. */
export interface Attempt {
  successCount: number;
  skippedCount: number;
  totals: Totals;
  /** By index. */
  errors: Rejection[];
  /** In the order of the errors, as JSON. */
  failedRecords: string;
}

/** Reads what has become of a trial's records, in the transaction that has tried to save them. */
export async function readAttempt(tx: Statements, { accountId, importId }: ImportRef): Promise<Attempt> {
  const [attempt] = await tx.$queryRaw<Attempt[]>`
    /* read-attempt */
    WITH chunk AS MATERIALIZED (
      SELECT success_count, skipped_count, totals, errors, failed_records
      FROM import_chunks
      WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid
    ),
    failure AS MATERIALIZED (
      SELECT (failure.error ->> 'index')::integer AS record_index, failure.error, failure.record
      FROM chunk
      CROSS JOIN ROWS FROM (json_array_elements(chunk.errors), json_array_elements(chunk.failed_records))
        AS failure (error, record)
    )
    SELECT
      sum(success_count)::integer AS "successCount",
      sum(skipped_count)::integer AS "skippedCount",
      ${sumOfTotals('SELECT totals FROM chunk')} AS totals,
      coalesce((SELECT json_agg(error ORDER BY record_index) FROM failure), '[]') AS errors,
      coalesce((SELECT json_agg(record ORDER BY record_index) FROM failure), '[]')::text AS "failedRecords"
    FROM chunk`;
  if (!attempt) throw new Error('An aggregate has one row.');
  return attempt;
}
