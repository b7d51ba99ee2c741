import { isDeepStrictEqual } from 'node:util';

import type { TracklyClient } from '@trackly/client';

import { CommandError } from '../../terminal/command-error.ts';
import { fromFormer } from '../mapping/former-options.ts';
import type { MappingOptions } from '../mapping/mapping-options.ts';
import { listed } from '../mapping/text.ts';
import { findHeldBatches, type HeldBatch } from './held.ts';
import type { Journal } from './journal.ts';
import type { ImportPlan } from './plan.ts';

/** The batches that the service holds under an import's name: by position and hash, how each spells the name. */
export type Held = ReadonlyMap<number, ReadonlyMap<string, string>>;

/**
 * Compares the journal, if there is one, with the import to run and with what the service holds.
 *
 * @returns the batches that the service holds under the import's name
 * @throws CommandError if continuing could count records twice or omit some
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
      `The import "${plan.name}" was undone: to import ${plan.title} again, give the import another name, such as ` +
        `--name "${plan.name} 2", because the name of an undone import cannot be used again.`,
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
    // The service removes old imports from its list, but keeps their records.
    if (!plan.kind.countHeld) {
      throw new CommandError(
        `According to ${plan.journal}, import ${importId} saved ${imported} records, but the service does not know it any ` +
          'more: check --url and the API key. If it is long ago, delete the journal and add --again: the service skips the ' +
          'records that it holds.',
      );
    }
    const held = await plan.kind.countHeld(client, importId, signal);
    if (held === imported) return;
    throw new CommandError(
      `According to ${plan.journal}, import ${importId} saved ${imported} records, but the service holds ` +
        `${held} of them: check --url and the API key. If the records were deleted there, delete the journal, too.`,
    );
  }
}

/** @throws CommandError if the journal belongs to an import of another kind */
export function checkSameKind(plan: ImportPlan, journal: Journal): void {
  if (journal.outcomes.size === 0 || journal.kind === plan.kind) return;
  throw new CommandError(
    `${plan.journal} belongs to an import of ${journal.kind.name}: name another file with --journal.`,
  );
}

/**
 * Returns whether an import goes on with the options of its journal. If not, nothing of it was sent, and it begins anew.
 *
 * @throws CommandError if it has other options, although part of it was sent
 */
export function goesOn(plan: ImportPlan, journal: Journal, held: Held): boolean {
  const asNow = (options: MappingOptions) => (journal.isFormer ? fromFormer(plan.kind, options) : options);
  if (isDeepStrictEqual(asNow(journal.options), asNow(plan.options))) return true;
  const outcomes = [...journal.outcomes.values()];
  // What the service holds nevertheless was sent with options that a journal without outcomes does not tell.
  const isSent = held.size > 0 || outcomes.some(({ import_id: importId }) => importId !== null);
  if (outcomes.length === 0 || !isSent) return false;
  const rejects =
    journal.isComplete && outcomes.some(({ rejected }) => rejected.length > 0)
      ? ' To import its rejected rows with the new options, import its rejects file.'
      : '';
  throw new CommandError(
    `The import "${plan.name}" was begun with another ${differingFlags(journal.options, plan.options)}: use the same ` +
      `options as before, which the first line of ${plan.journal} lists. Or undo the import (trackly import undo ` +
      `"${plan.name}"), and import the file under another --name.${rejects}`,
  );
}

/** The options on the command line that differ. */
function differingFlags(some: MappingOptions, others: MappingOptions): string {
  const [before, now] = [
    new Map<string, unknown>(Object.entries(some)),
    new Map<string, unknown>(Object.entries(others)),
  ];
  const names = [...new Set([...before.keys(), ...now.keys()])];
  return listed(
    names
      .filter((name) => !isDeepStrictEqual(before.get(name), now.get(name)))
      .map((name) => `--${name.replaceAll('_', '-')}`),
  );
}

function importedAlready(plan: ImportPlan, journal: Journal): CommandError {
  return new CommandError(
    `${plan.title} was imported under the name "${journal.name}" (see ${plan.journal}), and would count twice: undo ` +
      `that import first (trackly import undo "${journal.name}").`,
  );
}

/** Whether what a batch has made is removed, or is to be. */
export function isUndone(batch: HeldBatch): boolean {
  return batch.import.status === 'undone' || batch.import.status === 'undoing';
}

function byPosition(batches: readonly HeldBatch[]): Held {
  const held = new Map<number, Map<string, string>>();
  for (const { position, hash, spelling } of batches) {
    held.set(position, (held.get(position) ?? new Map<string, string>()).set(hash, spelling));
  }
  return held;
}
