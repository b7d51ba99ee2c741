import { toResult, toUndone, type ImportRef, type ImportResponse } from '@trackly/contract';
import { readImport, readOutcomes, type Database, type ImportProgress } from '@trackly/db';

import type { ApiKinds } from '../kinds/api-kind.ts';

/** The address of an import's state. */
export function importUrl(importId: string): string {
  return `/api/v2/history/imports/${importId}`;
}

/**
 * Reads the progress of an import, and its result once it is completed; undefined if the account has no such import.
 */
export async function readImportState(
  { db, kinds }: { db: Database; kinds: ApiKinds },
  ref: ImportRef,
): Promise<ImportResponse | undefined> {
  const progress = await readImport(db, ref);
  if (!progress) return undefined;
  const outcome = progress.status === 'completed' ? (await readOutcomes(db, [ref])).get(ref.importId) : undefined;
  return {
    ...toImportState(kinds, progress),
    ...(outcome?.status === 'completed' && {
      ...(outcome.notices && { notices: outcome.notices }),
      result: toResult(kinds[progress.kind].spec, outcome),
    }),
  };
}

/** Converts the progress of an import to the form of the API. */
export function toImportState(kinds: ApiKinds, progress: ImportProgress): ImportResponse {
  const { undo, refusedUndo } = progress;
  return {
    import_id: progress.importId,
    kind: progress.kind,
    status: progress.status,
    dry_run: progress.isDryRun,
    atomic: progress.isAtomic,
    idempotency_key: progress.idempotencyKey,
    record_count: progress.recordCount,
    processed_count: progress.processedCount,
    created_at: progress.createdAt,
    completed_at: progress.completedAt,
    ...(undo && {
      undo: {
        requested_at: undo.requestedAt,
        completed_at: undo.completedAt,
        removed_count: undo.removedCount,
        ...toUndone(kinds[progress.kind].spec, undo.removedTotals),
      },
    }),
    ...(refusedUndo && { refused_undo: { refused_at: refusedUndo.refusedAt, in_use: refusedUndo.inUse } }),
  };
}
