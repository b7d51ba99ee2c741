import { connect, type ServiceFlags } from '../connect.ts';
import { formatNumber } from '../../terminal/format-number.ts';
import { formatTable } from '../../terminal/table.ts';
import { findHeldBatches } from './held.ts';
import { addUp, isCalled, type NamedImport } from './named-imports.ts';

/** What `trackly import status` is told. */
export interface StatusFlags extends ServiceFlags {
  json?: boolean;
}

/** Prints the imports that the service has, by name. */
export async function showStatus(name: string | undefined, flags: StatusFlags): Promise<void> {
  const imports = addUp(await findHeldBatches(connect(flags), (other) => name === undefined || isCalled(other, name)));
  if (flags.json) {
    for (const named of imports) console.log(JSON.stringify(named));
    return;
  }
  if (imports.length === 0) {
    console.log(name === undefined ? 'There are no imports.' : `There is no import "${name}".`);
    return;
  }
  console.log(formatTable(HEADER, imports.map(toCells)));
}

const HEADER = ['NAME', 'STATUS', 'BATCHES', 'RECORDS', 'IMPORTED', 'REJECTED', 'REVENUE', 'FIRST', 'LAST'];

function toCells({ name, status, batches, records, imported, rejected, ...rest }: NamedImport): string[] {
  const numbers = [batches, records, imported, rejected].map(formatNumber);
  return [name, status, ...numbers, rest.total_revenue, minute(rest.first_at), minute(rest.last_at)];
}

function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
