import { createInterface } from 'node:readline/promises';

import { kinds } from '@trackly/client';
import pMap from 'p-map';

import { CommandError } from '../../terminal/command-error.ts';
import { connect, type ServiceFlags } from '../connect.ts';
import { formatNumber } from '../../terminal/format-number.ts';
import { showProgress } from '../../terminal/progress.ts';
import { findHeldBatches, type HeldBatch } from './held.ts';
import { addUp, isCalled, type NamedImport } from './named-imports.ts';

/** The service undoes as many of an account's chunks together. */
const CONCURRENCY = 50;

/** What `trackly import undo` is told. */
export interface UndoFlags extends ServiceFlags {
  yes?: boolean;
}

/**
 * Takes back what was imported under a name, after asking.
 *
 * @throws CommandError when there is nothing of that name, or the answer is no
 */
export async function undoNamed(name: string, flags: UndoFlags): Promise<void> {
  const client = connect(flags);
  const named = await findHeldBatches(client, (other) => isCalled(other, name));
  const batches = named.filter((batch) => batch.import.status !== 'undone');
  if (batches.length === 0)
    throw new CommandError(`There is nothing to undo of "${name}": see "trackly import status".`);

  for (const sum of addUp(batches)) console.log(describe(sum));
  if (!flags.yes && !(await confirm())) throw new CommandError('Nothing was undone.');

  const progress = showProgress({ totalBytes: batches.length, noun: 'batches undone' });
  let undone = 0;
  const undoBatch = async (batch: HeldBatch) => {
    await client.undoImport(batch.import.import_id);
    undone += 1;
    progress.update(undone, { records: undone });
  };
  await pMap(batches, undoBatch, { concurrency: CONCURRENCY }).finally(() => progress.stop());
  console.log(`Undone. To import the same again, give it another name: --name "${name} 2".`);
}

function describe(named: NamedImport): string {
  const { name, kind, records, imported, first_at: first, last_at: last } = named;
  const totals = kinds[kind].totals.map((field) => `${field} ${named[`total_${field}`]}, `);
  return (
    `${name}: ${formatNumber(imported)} of ${formatNumber(records)} records imported, ${totals.join('')}` +
    `from ${first.slice(0, 19)} to ${last.slice(0, 19)}`
  );
}

async function confirm(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CommandError('Say --yes to undo it: there is nobody to ask.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Undo it? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}
