import type { ListedImport } from '@trackly/client';

import { Exact } from '../exact.ts';
import type { HeldBatch } from './held.ts';

/** What the service has under a name. */
export interface NamedImport {
  name: string;
  /** The least finished of its batches': `undoing` before `processing` before `completed` before `undone`. */
  status: ListedImport['status'];
  batches: number;
  records: number;
  /** Saved, undone or not. */
  imported: number;
  rejected: number;
  /** A plain decimal, exact. */
  total_revenue: string;
  /** When the first of its batches was accepted. */
  first_at: string;
  last_at: string;
}

const LEAST_FINISHED_FIRST: readonly ListedImport['status'][] = ['undoing', 'processing', 'completed', 'undone'];

/** Whether a name is the one that is asked for, or that of one of its files. */
export function isCalled(name: string, wanted: string): boolean {
  return name === wanted || name.startsWith(`${wanted}/`);
}

/** Adds up batches, those of a name together, the latest first. */
export function addUp(batches: readonly HeldBatch[]): NamedImport[] {
  const byName = new Map<string, NamedImport>();
  for (const { name, import: batch } of batches) {
    const before = byName.get(name) ?? nothing(name, batch);
    byName.set(name, {
      name,
      status:
        LEAST_FINISHED_FIRST.find((status) => status === before.status || status === batch.status) ?? batch.status,
      batches: before.batches + 1,
      records: before.records + batch.record_count,
      imported: before.imported + batch.success_count,
      rejected: before.rejected + batch.error_count,
      total_revenue: new Exact(before.total_revenue).plus(batch.total_revenue).toFixed(),
      first_at: batch.created_at < before.first_at ? batch.created_at : before.first_at,
      last_at: batch.created_at > before.last_at ? batch.created_at : before.last_at,
    });
  }
  return [...byName.values()];
}

function nothing(name: string, { status, created_at: at }: ListedImport): NamedImport {
  const none = { batches: 0, records: 0, imported: 0, rejected: 0, total_revenue: '0' };
  return { name, status, ...none, first_at: at, last_at: at };
}
