import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

/** An import with chunks that are not saved yet. */
export interface OpenImport extends ImportRef {
  accountName: string;
  requestId: string;
  createdAt: Date;
  recordCount: number;
  openRecords: number;
  openChunks: number;
}

export interface OpenImports {
  /** Of all imports. */
  openChunks: number;
  count: number;
  /** Those that were accepted first. */
  first: OpenImport[];
}

/**
 * Reads what is in the ledger and not saved yet. Import ids ascend with time, so they tell which came first.
 *
 * @param most how many imports to name at most
 */
export async function readOpenImports(db: Database, most: number): Promise<OpenImports> {
  const rows = await db.$queryRaw<(OpenImport & { allChunks: number; allImports: number })[]>`
    /* read-open-imports */
    WITH open AS MATERIALIZED (
      SELECT account_id, import_id, count(*) AS chunks, sum(record_count) AS records
      FROM import_chunks
      WHERE completed_at IS NULL
      GROUP BY account_id, import_id
    ),
    first AS MATERIALIZED (
      SELECT *, sum(chunks) OVER () AS all_chunks, count(*) OVER () AS all_imports
      FROM open
      ORDER BY import_id
      LIMIT ${most}
    )
    SELECT
      first.account_id::text AS "accountId",
      accounts.name AS "accountName",
      first.import_id AS "importId",
      imports.request_id AS "requestId",
      imports.created_at AS "createdAt",
      imports.record_count AS "recordCount",
      first.records::integer AS "openRecords",
      first.chunks::integer AS "openChunks",
      first.all_chunks::integer AS "allChunks",
      first.all_imports::integer AS "allImports"
    FROM first
    JOIN imports ON imports.account_id = first.account_id AND imports.id = first.import_id
    JOIN accounts ON accounts.id = first.account_id
    ORDER BY first.import_id`;
  return {
    openChunks: rows[0]?.allChunks ?? 0,
    count: rows[0]?.allImports ?? 0,
    first: rows.map(({ allChunks: _allChunks, allImports: _allImports, ...open }) => open),
  };
}
