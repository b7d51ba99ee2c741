import { isDeepStrictEqual } from 'node:util';

import type { TracklyClient } from '@trackly/client';

import { CommandError } from '../../terminal/command-error.ts';
import { findHeldBatches, type HeldBatch } from './held.ts';
import type { Journal } from './journal.ts';
import type { ImportPlan } from './plan.ts';

/** By position, the hashes of what the service has under an import's name. */
export type Held = ReadonlyMap<number, ReadonlySet<string>>;

/**
 * Compares the journal, if there is one, with what is to be imported, and with what the service has.
 *
 * @returns what the service has under the name
 * @throws CommandError when going on could count records twice, or leave some out
 */
export async function checkAgainstService(
  client: TracklyClient,
  plan: ImportPlan,
  journal: Journal | undefined,
  signal: AbortSignal,
): Promise<Held> {
  const isWanted = (name: string) => name === plan.name || name === journal?.name;
  const batches = await findHeldBatches(client, isWanted, { kind: plan.kind.name, signal });
  if (journal) {
    await checkIsThere(client, plan, journal, batches, signal);
    const former = batches.filter(({ name }) => name === journal.name);
    if (journal.name !== plan.name && !former.every(isUndone)) throw importedAlready(plan, journal);
  }
  const own = batches.filter(({ name }) => name === plan.name);
  if (own.some(isUndone)) {
    throw new CommandError(
      `The import "${plan.name}" was undone: to import ${plan.title} again, give it another name, ` +
        `such as --name "${plan.name} 2".`,
    );
  }
  return byPosition(own);
}

async function checkIsThere(
  client: TracklyClient,
  plan: ImportPlan,
  journal: Journal,
  batches: readonly HeldBatch[],
  signal: AbortSignal,
): Promise<void> {
  const known = new Set(batches.map((batch) => batch.import.import_id));
  for (const { import_id: importId, imported } of journal.outcomes.values()) {
    if (importId === null || imported === 0 || known.has(importId)) continue;
    // The service forgets imports after some time, though not their records.
    const held = await plan.kind.countHeld(client, importId, signal);
    if (held === imported) return;
    throw new CommandError(
      `${plan.journal} says that ${imported} records are imported (${importId}), of which the service has ` +
        `${held}: check --url and the API key. If they were deleted there, delete the journal, too.`,
    );
  }
}

/** @throws CommandError when an import that has begun would go on in another way */
export function checkSameOptions(plan: ImportPlan, journal: Journal): void {
  if (journal.outcomes.size === 0) return;
  if (journal.kind !== plan.kind) {
    throw new CommandError(
      `${plan.journal} is that of an import of ${journal.kind.name}: name another with --journal, or give the import ` +
        'another --name.',
    );
  }
  if (isDeepStrictEqual(journal.options, plan.options)) return;
  throw new CommandError(
    `The import "${plan.name}" was begun with other options, ${JSON.stringify(journal.options)}: go on with the same, ` +
      `or undo it (trackly import undo "${plan.name}") and import the file under another --name.`,
  );
}

function importedAlready(plan: ImportPlan, journal: Journal): CommandError {
  return new CommandError(
    `${plan.title} was imported under the name "${journal.name}" (see ${plan.journal}), and would count twice: undo that ` +
      `first (trackly import undo "${journal.name}").`,
  );
}

function isUndone(batch: HeldBatch): boolean {
  return batch.import.status === 'undone' || batch.import.status === 'undoing';
}

function byPosition(batches: readonly HeldBatch[]): Held {
  const held = new Map<number, Set<string>>();
  for (const { position, hash } of batches) held.set(position, (held.get(position) ?? new Set()).add(hash));
  return held;
}
