import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface UndoProgress {
  requestedAt: Date;
  /** Null while a chunk of it is open. */
  completedAt: Date | null;
  removedCount: number;
  /** Exact, as a plain decimal. */
  removedRevenue: string;
}

export interface ImportProgress {
  kind: string;
  isDryRun: boolean;
  isAtomic: boolean;
  idempotencyKey: string | null;
  recordCount: number;
  processedCount: number;
  createdAt: Date;
  /** Null while a chunk is open. */
  completedAt: Date | null;
  /** Undefined unless it is to be undone. */
  undo: UndoProgress | undefined;
}

type ImportRow = Omit<ImportProgress, 'undo'> & {
  undoRequestedAt: Date | null;
  undoneAt: Date | null;
  removedCount: number;
  removedRevenue: string;
};

/** Reads how far an import is; undefined when the account has none of that id. */
export async function readImport(
  db: Database,
  { accountId, importId }: ImportRef,
): Promise<ImportProgress | undefined> {
  const [row] = await db.$queryRaw<ImportRow[]>`
    /* read-import */
    SELECT
      imports.kind,
      imports.is_dry_run AS "isDryRun",
      imports.is_atomic AS "isAtomic",
      imports.idempotency_key AS "idempotencyKey",
      imports.record_count AS "recordCount",
      imports.record_count - chunk.open_records::integer AS "processedCount",
      imports.created_at AS "createdAt",
      CASE WHEN chunk.open_records = 0 THEN coalesce(chunk.completed_at, imports.created_at) END AS "completedAt",
      imports.undo_requested_at AS "undoRequestedAt",
      CASE WHEN undo.open_chunks = 0 THEN undo.completed_at END AS "undoneAt",
      undo.removed_count::integer AS "removedCount",
      trim_scale(undo.removed_revenue)::text AS "removedRevenue"
    FROM imports
    CROSS JOIN LATERAL (
      SELECT
        coalesce(sum(record_count) FILTER (WHERE completed_at IS NULL), 0) AS open_records,
        max(completed_at) AS completed_at
      FROM import_chunks
      WHERE import_chunks.account_id = imports.account_id AND import_chunks.import_id = imports.id
    ) AS chunk
    CROSS JOIN LATERAL (
      SELECT
        count(*) FILTER (WHERE completed_at IS NULL) AS open_chunks,
        max(completed_at) AS completed_at,
        coalesce(sum(removed_count), 0) AS removed_count,
        coalesce(sum(removed_revenue), 0) AS removed_revenue
      FROM undo_chunks
      WHERE undo_chunks.account_id = imports.account_id AND undo_chunks.import_id = imports.id
    ) AS undo
    WHERE imports.account_id = ${accountId}::bigint AND imports.id = ${importId}::uuid`;
  if (!row) return undefined;
  const { undoRequestedAt, undoneAt, removedCount, removedRevenue, ...progress } = row;
  const undo = undoRequestedAt
    ? { requestedAt: undoRequestedAt, completedAt: undoneAt, removedCount, removedRevenue }
    : undefined;
  return { ...progress, undo };
}
