import type { ImportKind, ImportStatus, Totals } from '@trackly/contract';

import { Prisma } from './generated/client.ts';
import { sumOfTotals } from './totals.ts';

export interface UndoProgress {
  requestedAt: Date;
  /** Null while a chunk of the undo is open. */
  completedAt: Date | null;
  removedCount: number;
  /** The totals of the removed rows, by field, and the counts of the undo, by name. */
  removedTotals: Totals;
}

/** Why an import that would be undone as a whole is not undone. */
export interface RefusedUndo {
  refusedAt: Date;
  /** What refers to rows of the import: numbers by name. */
  inUse: Readonly<Record<string, number>>;
}

export interface ImportProgress {
  importId: string;
  kind: ImportKind;
  status: ImportStatus;
  isDryRun: boolean;
  isAtomic: boolean;
  idempotencyKey: string | null;
  recordCount: number;
  processedCount: number;
  createdAt: Date;
  /** Null while a chunk of the import is open. */
  completedAt: Date | null;
  /** Records saved so far, even if undone later. For a dry run, records that would be saved. */
  successCount: number;
  /** Skipped records so far. */
  skippedCount: number;
  /** Rejected records so far. If an atomic import was not saved, its other records are in none of the counts. */
  errorCount: number;
  /** The totals of the records in `successCount`. */
  totals: Totals;
  /** Undefined unless undoing the import was requested. */
  undo: UndoProgress | undefined;
  /** Undefined unless the last request to undo the import was refused. */
  refusedUndo: RefusedUndo | undefined;
}

interface UndoColumns {
  undoRequestedAt: Date | null;
  undoneAt: Date | null;
  removedCount: number;
  removedTotals: Totals;
  inUse: RefusedUndo['inUse'] | null;
}

/** A row with {@link PROGRESS_COLUMNS}. */
export type ProgressRow = Omit<ImportProgress, 'undo' | 'refusedUndo'> & UndoColumns;

const CHUNK_TOTALS = `
  SELECT totals FROM import_chunks
  WHERE import_chunks.account_id = imports.account_id AND import_chunks.import_id = imports.id`;
const REMOVED_TOTALS = `
  SELECT removed_totals FROM undo_chunks
  WHERE undo_chunks.account_id = imports.account_id AND undo_chunks.import_id = imports.id`;

/** The progress of an import, as columns of a SELECT from `imports` with {@link PROGRESS_JOINS}. */
export const PROGRESS_COLUMNS = Prisma.sql`
      imports.id AS "importId",
      imports.kind,
      CASE
        WHEN imports.undo_requested_at IS NOT NULL AND undo.open_chunks = 0 THEN 'undone'
        WHEN imports.undo_requested_at IS NOT NULL THEN 'undoing'
        WHEN chunk.open_chunks = 0 THEN 'completed'
        ELSE 'processing'
      END AS status,
      imports.is_dry_run AS "isDryRun",
      imports.is_atomic AS "isAtomic",
      imports.idempotency_key AS "idempotencyKey",
      imports.record_count AS "recordCount",
      imports.record_count - chunk.open_records::integer AS "processedCount",
      imports.created_at AS "createdAt",
      CASE WHEN chunk.open_chunks = 0 THEN coalesce(chunk.completed_at, imports.created_at) END AS "completedAt",
      chunk.success_count::integer AS "successCount",
      chunk.skipped_count::integer AS "skippedCount",
      json_array_length(imports.rejected) + chunk.error_count::integer AS "errorCount",
      ${sumOfTotals(CHUNK_TOTALS)} AS totals,
      imports.undo_requested_at AS "undoRequestedAt",
      CASE WHEN undo.open_chunks = 0 THEN undo.completed_at END AS "undoneAt",
      undo.removed_count::integer AS "removedCount",
      undo.in_use AS "inUse",
      ${sumOfTotals(REMOVED_TOTALS)} AS "removedTotals"`;

/** Adds up the chunks of each selected import. */
export const PROGRESS_JOINS = Prisma.raw(`
    CROSS JOIN LATERAL (
      SELECT
        count(*) AS chunks,
        count(*) FILTER (WHERE completed_at IS NULL) AS open_chunks,
        coalesce(sum(record_count) FILTER (WHERE completed_at IS NULL), 0) AS open_records,
        max(completed_at) AS completed_at,
        coalesce(sum(success_count), 0) AS success_count,
        coalesce(sum(skipped_count), 0) AS skipped_count,
        coalesce(sum(json_array_length(errors)), 0) AS error_count
      FROM import_chunks
      WHERE import_chunks.account_id = imports.account_id AND import_chunks.import_id = imports.id
    ) AS chunk
    CROSS JOIN LATERAL (
      SELECT
        count(*) AS chunks,
        count(*) FILTER (WHERE completed_at IS NULL) AS open_chunks,
        max(completed_at) AS completed_at,
        coalesce(sum(removed_count), 0) AS removed_count,
        (array_agg(in_use) FILTER (WHERE in_use IS NOT NULL))[1] AS in_use
      FROM undo_chunks
      WHERE undo_chunks.account_id = imports.account_id AND undo_chunks.import_id = imports.id
    ) AS undo`);

/** Converts a row: groups the columns about its undo. */
export function toProgress<T extends UndoColumns>(
  row: T,
): Omit<T, keyof UndoColumns> & Pick<ImportProgress, 'undo' | 'refusedUndo'> {
  const { undoRequestedAt, undoneAt, removedCount, removedTotals, inUse, ...progress } = row;
  const undo = undoRequestedAt
    ? { requestedAt: undoRequestedAt, completedAt: undoneAt, removedCount, removedTotals }
    : undefined;
  const refusedUndo = inUse && undoneAt ? { refusedAt: undoneAt, inUse } : undefined;
  return { ...progress, undo, refusedUndo };
}
