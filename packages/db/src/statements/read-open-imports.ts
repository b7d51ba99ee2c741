import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

/** An import with open chunks to be saved or, as a separate entry, with open chunks to be undone. */
export interface OpenImport extends ImportRef {
  accountName: string;
  requestId: string;
  isUndo: boolean;
  isDryRun: boolean;
  /** When the import was accepted, or its undo requested. */
  since: Date;
  recordCount: number;
  openRecords: number;
  openChunks: number;
}

export interface OpenImports {
  /** Open chunks of all imports. */
  openChunks: number;
  count: number;
  /** The imports that have been open for longest. */
  first: OpenImport[];
}

/**
 * Reads the imports with open chunks.
 *
 * @param most maximum number of imports in `first`
 */
export async function readOpenImports(db: Database, most: number): Promise<OpenImports> {
  const rows = await db.$queryRaw<(OpenImport & { allChunks: number; allImports: number })[]>`
    /* read-open-imports */
    WITH open AS MATERIALIZED (
      SELECT account_id, import_id, false AS is_undo, count(*) AS chunks, sum(record_count) AS records
      FROM import_chunks
      WHERE completed_at IS NULL
      GROUP BY account_id, import_id
      UNION ALL
      SELECT account_id, import_id, true, count(*), sum(last_record - first_record + 1)
      FROM undo_chunks
      WHERE completed_at IS NULL
      GROUP BY account_id, import_id
    )
    SELECT
      open.account_id::text AS "accountId",
      accounts.name AS "accountName",
      open.import_id AS "importId",
      imports.request_id AS "requestId",
      open.is_undo AS "isUndo",
      imports.is_dry_run AS "isDryRun",
      CASE WHEN open.is_undo THEN imports.undo_requested_at ELSE imports.created_at END AS since,
      imports.record_count AS "recordCount",
      open.records::integer AS "openRecords",
      open.chunks::integer AS "openChunks",
      (sum(open.chunks) OVER ())::integer AS "allChunks",
      (count(*) OVER ())::integer AS "allImports"
    FROM open
    JOIN imports ON imports.account_id = open.account_id AND imports.id = open.import_id
    JOIN accounts ON accounts.id = open.account_id
    ORDER BY since, open.import_id
    LIMIT ${most}`;
  return {
    openChunks: rows[0]?.allChunks ?? 0,
    count: rows[0]?.allImports ?? 0,
    first: rows.map(({ allChunks: _allChunks, allImports: _allImports, ...open }) => open),
  };
}
