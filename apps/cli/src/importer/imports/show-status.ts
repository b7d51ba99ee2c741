import { countFields, totalFields } from '@trackly/client';

import { connect, type ServiceFlags } from '../connect.ts';
import { formatNumber } from '../../terminal/format-number.ts';
import { formatTable } from '../../terminal/table.ts';
import { print } from '../../terminal/print.ts';
import { findHeldBatches } from './held.ts';
import { addUp, isCalled, type NamedImport } from './named-imports.ts';

/** The options of `trackly import status`. */
export interface StatusFlags extends ServiceFlags {
  json?: boolean;
}

/** Prints the imports that the service holds, by name. */
export async function showStatus(name: string | undefined, flags: StatusFlags): Promise<void> {
  const imports = addUp(await findHeldBatches(connect(flags), (other) => name === undefined || isCalled(other, name)));
  if (flags.json) {
    for (const named of imports) print(JSON.stringify(named));
    return;
  }
  if (imports.length === 0) {
    print(name === undefined ? 'There are no imports.' : `There is no import "${name}".`);
    return;
  }
  const totals = [...new Set(imports.flatMap(({ kind }) => totalFields(kind)))];
  const counts = [...new Set(imports.flatMap(({ kind }) => countFields(kind)))];
  const header = [
    'NAME',
    'KIND',
    'STATUS',
    'BATCHES',
    'RECORDS',
    'IMPORTED',
    'REJECTED',
    ...[...counts, ...totals].map(upperCase),
    'FIRST',
    'LAST',
  ];
  print(
    formatTable(
      header,
      imports.map((named) => toCells(named, counts, totals)),
    ),
  );
}

function toCells(named: NamedImport, counts: readonly string[], totals: readonly string[]): string[] {
  const { name, kind, status, batches, records, imported, rejected, first_at: first, last_at: last } = named;
  const numbers = [batches, records, imported, rejected].map(formatNumber);
  const counted = counts.map((count) => formatNumber(named.counts[count] ?? 0));
  const sums = totals.map((field) => named[`total_${field}`] ?? '');
  return [name, kind, status, ...numbers, ...counted, ...sums, minute(first), minute(last)];
}

function upperCase(field: string): string {
  return field.toUpperCase();
}

function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
