import type { ImportRef, RevenueOutcome, RevenueRejection } from '@trackly/contract';

import type { Database } from '../client.ts';

interface OutcomeRow {
  importId: string;
  successCount: number;
  totalRevenue: string;
  rejected: RevenueRejection[];
  chunkErrors: RevenueRejection[][];
}

/** Reads what became of those of the given imports that are completed, by import id. */
export async function readOutcomes(db: Database, imports: readonly ImportRef[]): Promise<Map<string, RevenueOutcome>> {
  const accountIds = imports.map(({ accountId }) => accountId);
  const importIds = imports.map(({ importId }) => importId);

  const rows = await db.$queryRaw<OutcomeRow[]>`
    /* read-outcomes */
    SELECT
      imports.id AS "importId",
      coalesce(sum(chunk.success_count), 0)::integer AS "successCount",
      trim_scale(coalesce(sum(chunk.revenue_total), 0))::text AS "totalRevenue",
      imports.rejected AS "rejected",
      coalesce(json_agg(chunk.errors) FILTER (WHERE chunk.import_id IS NOT NULL), '[]') AS "chunkErrors"
    FROM unnest(${accountIds}::bigint[], ${importIds}::uuid[]) AS wanted (account_id, import_id)
    JOIN imports ON imports.account_id = wanted.account_id AND imports.id = wanted.import_id
    LEFT JOIN import_chunks AS chunk ON chunk.account_id = imports.account_id AND chunk.import_id = imports.id
    GROUP BY imports.account_id, imports.id
    HAVING count(chunk.import_id) = count(chunk.completed_at)`;

  return new Map(
    rows.map(({ importId, successCount, totalRevenue, rejected, chunkErrors }) => [
      importId,
      { successCount, totalRevenue, rejections: [...rejected, ...chunkErrors.flat()] },
    ]),
  );
}
