import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface ImportProgress {
  kind: string;
  recordCount: number;
  processedCount: number;
  createdAt: Date;
  /** Null while a chunk is open. */
  completedAt: Date | null;
}

/** Reads how far an import is; undefined when the account has none of that id. */
export async function readImport(
  db: Database,
  { accountId, importId }: ImportRef,
): Promise<ImportProgress | undefined> {
  const [progress] = await db.$queryRaw<ImportProgress[]>`
    /* read-import */
    SELECT
      imports.kind,
      imports.record_count AS "recordCount",
      imports.record_count
        - coalesce(sum(chunk.record_count) FILTER (WHERE chunk.completed_at IS NULL), 0)::integer AS "processedCount",
      imports.created_at AS "createdAt",
      CASE
        WHEN count(chunk.import_id) = count(chunk.completed_at)
        THEN coalesce(max(chunk.completed_at), imports.created_at)
      END AS "completedAt"
    FROM imports
    LEFT JOIN import_chunks AS chunk ON chunk.account_id = imports.account_id AND chunk.import_id = imports.id
    WHERE imports.account_id = ${accountId}::bigint AND imports.id = ${importId}::uuid
    GROUP BY imports.account_id, imports.id`;
  return progress;
}
