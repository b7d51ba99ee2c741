import { createInterface } from 'node:readline/promises';

import { totalFields, TracklyError, type ImportKind, type TracklyClient } from '@trackly/client';
import pMap from 'p-map';

import { CommandError } from '../../terminal/command-error.ts';
import { connect, type ServiceFlags } from '../connect.ts';
import { formatNumber } from '../../terminal/format-number.ts';
import { showProgress } from '../../terminal/progress.ts';
import { print } from '../../terminal/print.ts';
import { fileKinds } from '../kinds/index.ts';
import { findHeldBatches, type HeldBatch } from './held.ts';
import { addUp, isCalled, type NamedImport } from './named-imports.ts';

/** The service undoes up to this many of an account's chunks together. */
const CONCURRENCY = 50;

/** The options of `trackly import undo`. */
export interface UndoFlags extends ServiceFlags {
  yes?: boolean;
  kind?: ImportKind;
}

/**
 * Undoes all that was imported under a name, after asking for confirmation.
 *
 * @throws CommandError if there is nothing to undo under that name, or imports of several kinds, or the user declines
 */
export async function undoNamed(name: string, flags: UndoFlags): Promise<void> {
  const client = connect(flags);
  const named = await findHeldBatches(client, (other) => isCalled(other, name));
  const batches = named.filter(
    ({ import: { status, kind } }) => status !== 'undone' && (flags.kind === undefined || kind === flags.kind),
  );
  if (batches.length === 0)
    throw new CommandError(`There is nothing to undo under the name "${name}": see "trackly import status".`);

  const kinds = [...new Set(batches.map((batch) => batch.import.kind))];
  if (kinds.length > 1)
    throw new CommandError(
      `There are imports of ${kinds.join(' and ')} under the name "${name}": add --kind ${kinds[0]}, for example.`,
    );

  for (const sum of addUp(batches)) print(describe(sum));
  if (!flags.yes && !(await confirm())) throw new CommandError('Nothing was undone.');

  const progress = showProgress({ totalBytes: batches.length, noun: 'batches undone' });
  let undone = 0;
  const [inUse, counts] = [new Map<string, number>(), new Map<string, number>()];
  const undoBatch = async (batch: HeldBatch) => {
    const { references, undo } = await undoUnlessInUse(client, batch);
    addTo(inUse, references);
    addTo(counts, undo);
    undone += Object.keys(references).length > 0 ? 0 : 1;
    progress.update(undone, { records: undone });
  };
  // The latest are first, as they must be if they are undone one after the other.
  const isOrdered = batches.some((batch) => fileKinds[batch.import.kind].isOrdered);
  await pMap(batches, undoBatch, { concurrency: isOrdered ? 1 : CONCURRENCY }).finally(() => progress.stop());
  const done = describeUndone(counts);
  if (inUse.size > 0) throw new CommandError(describeUse(name, { undone, all: batches.length, done, inUse }));
  print(`Undone: ${done}. To import the same again, give it another name: --name "${name} 2".`);
}

type Numbers = Readonly<Record<string, number>>;

/** Undoes a batch. Returns what keeps it from being undone, or the counts of the undo: numbers by name. */
async function undoUnlessInUse(
  client: TracklyClient,
  batch: HeldBatch,
): Promise<{ references: Numbers; undo: Numbers }> {
  try {
    const { undo = {} } = await client.undoImport(batch.import.import_id);
    const counts = Object.entries(undo).flatMap(([name, value]) =>
      typeof value === 'number' ? [[name, value] as const] : [],
    );
    return { references: {}, undo: Object.fromEntries(counts) };
  } catch (error) {
    if (error instanceof TracklyError && error.inUse) return { references: error.inUse, undo: {} };
    throw error;
  }
}

function addTo(sums: Map<string, number>, numbers: Numbers): void {
  for (const [name, number] of Object.entries(numbers)) sums.set(name, (sums.get(name) ?? 0) + number);
}

/** Such as `10 records removed, 2 list contacts kept`. */
function describeUndone(counts: ReadonlyMap<string, number>): string {
  const { removed_count: records = 0, ...others } = Object.fromEntries(counts);
  const described = Object.entries(others).flatMap(([name, count]) => (count > 0 ? [nounOf(count, name)] : []));
  return [`${nounOf(records, 'records')} removed`, ...described].join(', ');
}

/** What the API calls things, if that is no noun in the plural. */
const NOUNS: Partial<Record<string, string>> = { revenue: 'revenue records' };

function nounOf(count: number, name: string): string {
  const noun = NOUNS[name] ?? name.replaceAll('_', ' ');
  return `${formatNumber(count)} ${count === 1 ? noun.replace(/s(?= removed$| kept$|$)/, '') : noun}`;
}

interface Use {
  undone: number;
  all: number;
  /** What was removed and kept of the batches that are undone. */
  done: string;
  inUse: ReadonlyMap<string, number>;
}

function describeUse(name: string, { undone, all, done, inUse }: Use): string {
  const what = [...inUse].map(([noun, count]) => nounOf(count, noun)).join(', ');
  const how =
    undone === 0
      ? 'Nothing is undone, because what the import has made is in use'
      : `${formatNumber(undone)} of ${formatNumber(all)} batches are undone: ${done}. The others stay as they are, because ` +
        'what they have made is in use';
  return `${how}: ${what}. Undo that first, and then "${name}" again.`;
}

function describe(named: NamedImport): string {
  const { name, kind, records, imported, first_at: first, last_at: last } = named;
  const totals = totalFields(kind).map((field) => `${field} ${named[`total_${field}`]}, `);
  return (
    `${name} (${kind}): ${formatNumber(imported)} of ${formatNumber(records)} records imported, ${totals.join('')}` +
    `from ${first.slice(0, 19)} to ${last.slice(0, 19)}`
  );
}

async function confirm(): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new CommandError('Cannot ask for confirmation without a terminal: add --yes to undo the import.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Undo it? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}
