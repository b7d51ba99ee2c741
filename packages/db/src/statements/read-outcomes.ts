import type { ImportOutcome, ImportRef, Notices, Rejection, Totals } from '@trackly/contract';

import type { Database } from '../client.ts';
import { sumOfTotals } from '../totals.ts';

interface OutcomeRow {
  importId: string;
  status: ImportOutcome['status'];
  /** Whether the undo may still be refused. */
  isUndecided: boolean;
  isCompleted: boolean;
  successCount: number;
  skippedCount: number;
  totals: Totals;
  rejected: Rejection[];
  chunkErrors: Rejection[][];
  notices: Notices | null;
  chunkNotices: Notices[];
}

/**
 * Reads the outcomes of the given imports, by import id. Omits imports that are still processing. As long as the undo of an
 * import may be refused, the import is as if it had not been requested.
 */
export async function readOutcomes(db: Database, imports: readonly ImportRef[]): Promise<Map<string, ImportOutcome>> {
  const accountIds = imports.map(({ accountId }) => accountId);
  const importIds = imports.map(({ importId }) => importId);

  const rows = await db.$queryRaw<OutcomeRow[]>`
    /* read-outcomes */
    SELECT
      imports.id AS "importId",
      CASE
        WHEN imports.undo_requested_at IS NULL THEN 'completed'
        WHEN EXISTS (
          SELECT FROM undo_chunks AS undo
          WHERE undo.account_id = imports.account_id AND undo.import_id = imports.id AND undo.completed_at IS NULL
        ) THEN 'undoing'
        ELSE 'undone'
      END AS status,
      EXISTS (
        SELECT FROM undo_chunks AS undo
        WHERE undo.account_id = imports.account_id
          AND undo.import_id = imports.id
          AND undo.completed_at IS NULL
          AND undo.is_whole
      ) AS "isUndecided",
      coalesce(sum(chunk.success_count), 0)::integer AS "successCount",
      coalesce(sum(chunk.skipped_count), 0)::integer AS "skippedCount",
      ${sumOfTotals('SELECT unnest(array_agg(chunk.totals))')} AS totals,
      imports.rejected AS "rejected",
      coalesce(json_agg(chunk.errors) FILTER (WHERE chunk.errors IS NOT NULL), '[]') AS "chunkErrors",
      imports.notices,
      count(chunk.import_id) = count(chunk.completed_at) AS "isCompleted",
      coalesce(json_agg(chunk.notices) FILTER (WHERE chunk.notices IS NOT NULL), '[]') AS "chunkNotices"
    FROM unnest(${accountIds}::bigint[], ${importIds}::uuid[]) AS wanted (account_id, import_id)
    JOIN imports ON imports.account_id = wanted.account_id AND imports.id = wanted.import_id
    LEFT JOIN import_chunks AS chunk ON chunk.account_id = imports.account_id AND chunk.import_id = imports.id
    GROUP BY imports.account_id, imports.id
    HAVING count(chunk.import_id) = count(chunk.completed_at) OR imports.undo_requested_at IS NOT NULL`;

  return new Map(
    rows
      .filter(({ isUndecided, isCompleted }) => isCompleted || !isUndecided)
      .map((row) => [row.importId, toOutcome(row)]),
  );
}

function toOutcome(row: OutcomeRow): ImportOutcome {
  const { status, isUndecided, successCount, skippedCount, totals, rejected, chunkErrors, notices, chunkNotices } = row;
  if (status !== 'completed' && !isUndecided) return { status };
  const all = notices ? [notices, ...chunkNotices] : chunkNotices;
  return {
    status: 'completed',
    ...(isUndecided && { isUndoing: true }),
    successCount,
    skippedCount,
    totals,
    rejections: [...rejected, ...chunkErrors.flat()],
    ...(all.length > 0 && { notices: sumOf(all) }),
  };
}

function sumOf(notices: readonly Notices[]): Notices {
  const sums = new Map<string, number>();
  for (const [name, count] of notices.flatMap(Object.entries<number>)) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(sums);
}
