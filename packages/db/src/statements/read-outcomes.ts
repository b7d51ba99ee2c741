import type { ImportOutcome, ImportRef, Notices, Rejection, Totals } from '@trackly/contract';

import type { Database } from '../client.ts';
import { sumOfTotals } from '../totals.ts';

interface OutcomeRow {
  importId: string;
  status: ImportOutcome['status'];
  successCount: number;
  skippedCount: number;
  totals: Totals;
  rejected: Rejection[];
  chunkErrors: Rejection[][];
  notices: Notices | null;
  chunkNotices: Notices[];
}

/** Reads the outcomes of the given imports, by import id. Omits imports that are still processing. */
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
      coalesce(sum(chunk.success_count), 0)::integer AS "successCount",
      coalesce(sum(chunk.skipped_count), 0)::integer AS "skippedCount",
      ${sumOfTotals('SELECT unnest(array_agg(chunk.totals))')} AS totals,
      imports.rejected AS "rejected",
      coalesce(json_agg(chunk.errors) FILTER (WHERE chunk.errors IS NOT NULL), '[]') AS "chunkErrors",
      imports.notices,
      coalesce(json_agg(chunk.notices) FILTER (WHERE chunk.notices IS NOT NULL), '[]') AS "chunkNotices"
    FROM unnest(${accountIds}::bigint[], ${importIds}::uuid[]) AS wanted (account_id, import_id)
    JOIN imports ON imports.account_id = wanted.account_id AND imports.id = wanted.import_id
    LEFT JOIN import_chunks AS chunk ON chunk.account_id = imports.account_id AND chunk.import_id = imports.id
    GROUP BY imports.account_id, imports.id
    HAVING count(chunk.import_id) = count(chunk.completed_at) OR imports.undo_requested_at IS NOT NULL`;

  return new Map(rows.map((row) => [row.importId, toOutcome(row)]));
}

function toOutcome(row: OutcomeRow): ImportOutcome {
  const { status, successCount, skippedCount, totals, rejected, chunkErrors, notices, chunkNotices } = row;
  if (status !== 'completed') return { status };
  const all = notices ? [notices, ...chunkNotices] : chunkNotices;
  return {
    status,
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
