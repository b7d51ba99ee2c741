import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface FoundImport extends ImportRef {
  accountName: string;
  kind: string;
  requestId: string;
  createdAt: Date;
  /** Null while a chunk is open. */
  completedAt: Date | null;
  recordCount: number;
  openRecords: number;
  savedRecords: number;
  chunkCount: number;
  openChunks: number;
  /** Exact, as a decimal. */
  savedRevenue: string;
}

export interface FindImportsOptions {
  /** A UUID. */
  importId?: string | undefined;
  requestId?: string | undefined;
  /** At most. */
  count: number;
}

/** Finds the import of an id, whose ever it is, and those that a request brought, the latest first. */
export async function findImports(db: Database, options: FindImportsOptions): Promise<FoundImport[]> {
  const { importId, requestId, count } = options;
  return db.$queryRaw<FoundImport[]>`
    /* find-imports */
    WITH found AS MATERIALIZED (
      (SELECT account_id, id FROM imports WHERE request_id = ${requestId} ORDER BY id DESC LIMIT ${count})
      UNION
      SELECT imports.account_id, imports.id
      FROM accounts
      JOIN imports ON imports.account_id = accounts.id AND imports.id = ${importId}::uuid
    )
    SELECT
      imports.account_id::text AS "accountId",
      accounts.name AS "accountName",
      imports.id AS "importId",
      imports.kind,
      imports.request_id AS "requestId",
      imports.created_at AS "createdAt",
      CASE WHEN chunk.open = 0 THEN coalesce(chunk.completed_at, imports.created_at) END AS "completedAt",
      imports.record_count AS "recordCount",
      chunk.open_records::integer AS "openRecords",
      chunk.saved::integer AS "savedRecords",
      chunk.count::integer AS "chunkCount",
      chunk.open::integer AS "openChunks",
      trim_scale(chunk.revenue)::text AS "savedRevenue"
    FROM found
    JOIN imports ON imports.account_id = found.account_id AND imports.id = found.id
    JOIN accounts ON accounts.id = found.account_id
    CROSS JOIN LATERAL (
      SELECT
        count(*) AS count,
        count(*) - count(completed_at) AS open,
        max(completed_at) AS completed_at,
        coalesce(sum(record_count) FILTER (WHERE completed_at IS NULL), 0) AS open_records,
        coalesce(sum(success_count), 0) AS saved,
        coalesce(sum(revenue_total), 0) AS revenue
      FROM import_chunks
      WHERE import_chunks.account_id = imports.account_id AND import_chunks.import_id = imports.id
    ) AS chunk
    ORDER BY imports.id DESC
    LIMIT ${count}`;
}
