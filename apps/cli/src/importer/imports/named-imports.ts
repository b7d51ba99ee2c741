import { countFields, countsOf, totalFields, totalsOf, type ImportKind, type ListedImport } from '@trackly/client';

import { Exact } from '../exact.ts';
import { normalizeName } from './batch-key.ts';
import type { HeldBatch } from './held.ts';

/** The batches that the service holds under a name, added up. */
export interface NamedImport {
  name: string;
  kind: ImportKind;
  /** The first of these that any of its batches has: `undoing`, `processing`, `completed`, `undone`. */
  status: ListedImport['status'];
  batches: number;
  records: number;
  /** Records that were saved, including those that were undone later. */
  imported: number;
  rejected: number;
  /** The counts of the kind, by name. */
  counts: Record<string, number>;
  /** The totals of the kind: exact plain decimals. */
  [total: `total_${string}`]: string;
  /** When the first of its batches was accepted. */
  first_at: string;
  last_at: string;
}

/** Batches of the same kind and name. */
type Group = [HeldBatch, ...HeldBatch[]];

const LEAST_FINISHED_FIRST: readonly ListedImport['status'][] = ['undoing', 'processing', 'completed', 'undone'];

/** Whether the name of a batch is the wanted one, however that is spelt, or that of one of several files imported under it. */
export function isCalled(name: string, wanted: string): boolean {
  const normal = normalizeName(wanted);
  return name === normal || name.startsWith(`${normal}/`);
}

/** Adds up the batches of each kind and name, the latest first. */
export function addUp(batches: readonly HeldBatch[]): NamedImport[] {
  // Node 20 has no Map.groupBy.
  const groups = new Map<string, Group>();
  for (const batch of batches) {
    const key = `${batch.import.kind} ${batch.name}`;
    const group = groups.get(key);
    if (group) group.push(batch);
    else groups.set(key, [batch]);
  }
  return [...groups.values()].map(addUpGroup);
}

function addUpGroup(batches: Group): NamedImport {
  const [{ name, import: first }] = batches;
  const { kind } = first;
  const listed = batches.map((batch) => batch.import);
  const sum = (count: (batch: ListedImport) => number) => listed.reduce((total, batch) => total + count(batch), 0);
  const totalsOfEach = listed.map((batch) => totalsOf(kind, batch));
  const totals = totalFields(kind).map((field) => {
    const total = totalsOfEach.reduce((before, each) => before.plus(each[field] ?? 0), new Exact(0));
    return [`total_${field}`, total.toFixed()] as const;
  });
  const times = listed.map(({ created_at: at }) => at).toSorted();
  return {
    name,
    kind,
    status: LEAST_FINISHED_FIRST.find((status) => listed.some((batch) => batch.status === status)) ?? 'completed',
    batches: batches.length,
    records: sum((batch) => batch.record_count),
    imported: sum((batch) => batch.success_count),
    rejected: sum((batch) => batch.error_count),
    counts: Object.fromEntries(
      countFields(kind).map((count) => [count, sum((batch) => countsOf(kind, batch)[count] ?? 0)]),
    ),
    ...Object.fromEntries(totals),
    first_at: times.at(0) ?? first.created_at,
    last_at: times.at(-1) ?? first.created_at,
  };
}
