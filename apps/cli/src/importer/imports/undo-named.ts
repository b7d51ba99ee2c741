import { createInterface } from 'node:readline/promises';

import { totalFields, TracklyError, type TracklyClient } from '@trackly/client';
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
}

/**
 * Undoes all that was imported under a name, after asking for confirmation.
 *
 * @throws CommandError if there is nothing to undo under that name, or the user declines
 */
export async function undoNamed(name: string, flags: UndoFlags): Promise<void> {
  const client = connect(flags);
  const named = await findHeldBatches(client, (other) => isCalled(other, name));
  const batches = named.filter((batch) => batch.import.status !== 'undone');
  if (batches.length === 0)
    throw new CommandError(`There is nothing to undo under the name "${name}": see "trackly import status".`);

  for (const sum of addUp(batches)) print(describe(sum));
  if (!flags.yes && !(await confirm())) throw new CommandError('Nothing was undone.');

  const progress = showProgress({ totalBytes: batches.length, noun: 'batches undone' });
  let undone = 0;
  const inUse = new Map<string, number>();
  const undoBatch = async (batch: HeldBatch) => {
    const references = await undoUnlessInUse(client, batch);
    for (const [what, count] of Object.entries(references)) inUse.set(what, (inUse.get(what) ?? 0) + count);
    undone += Object.keys(references).length > 0 ? 0 : 1;
    progress.update(undone, { records: undone });
  };
  // The latest are first, as they must be if they are undone one after the other.
  const isOrdered = batches.some((batch) => fileKinds[batch.import.kind].isOrdered);
  await pMap(batches, undoBatch, { concurrency: isOrdered ? 1 : CONCURRENCY }).finally(() => progress.stop());
  if (inUse.size > 0) throw new CommandError(describeUse(name, { undone, all: batches.length, inUse }));
  print(`Undone. To import the same again, give it another name: --name "${name} 2".`);
}

/** Undoes a batch. Returns what keeps it from being undone, as numbers by name. */
async function undoUnlessInUse(client: TracklyClient, batch: HeldBatch): Promise<Readonly<Record<string, number>>> {
  try {
    await client.undoImport(batch.import.import_id);
    return {};
  } catch (error) {
    if (error instanceof TracklyError && error.inUse) return error.inUse;
    throw error;
  }
}

interface Use {
  undone: number;
  all: number;
  inUse: ReadonlyMap<string, number>;
}

function describeUse(name: string, { undone, all, inUse }: Use): string {
  const what = [...inUse].map(([noun, count]) => `${formatNumber(count)} ${noun.replaceAll('_', ' ')}`).join(', ');
  return (
    `${formatNumber(undone)} of ${formatNumber(all)} batches are undone. The others stay as they are, because what they ` +
    `have made is in use: ${what}. Undo that first, and then "${name}" again.`
  );
}

function describe(named: NamedImport): string {
  const { name, kind, records, imported, first_at: first, last_at: last } = named;
  const totals = totalFields(kind).map((field) => `${field} ${named[`total_${field}`]}, `);
  return (
    `${name}: ${formatNumber(imported)} of ${formatNumber(records)} records imported, ${totals.join('')}` +
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
