import { toResult, toTotals, type ImportRef, type ImportResponse } from '@trackly/contract';
import { readImport, readOutcomes, type Database, type ImportProgress } from '@trackly/db';

import type { ApiKinds } from '../kinds/api-kind.ts';

/** Where an import's state can be read. */
export function importUrl(importId: string): string {
  return `/api/v2/history/imports/${importId}`;
}

/** Reads how far an import is, with what it brought once it is completed; undefined when the account has none of that id. */
export async function readImportState(
  { db, kinds }: { db: Database; kinds: ApiKinds },
  ref: ImportRef,
): Promise<ImportResponse | undefined> {
  const progress = await readImport(db, ref);
  if (!progress) return undefined;
  const outcome = progress.status === 'completed' ? (await readOutcomes(db, [ref])).get(ref.importId) : undefined;
  return {
    ...toImportState(kinds, progress),
    ...(outcome?.status === 'completed' && { result: toResult(kinds[progress.kind].spec, outcome) }),
  };
}

/** How far an import is, as the contract names it. */
export function toImportState(kinds: ApiKinds, progress: ImportProgress): ImportResponse {
  const { undo } = progress;
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
        ...toTotals(kinds[progress.kind].spec, 'removed', undo.removedTotals),
      },
    }),
  };
}
