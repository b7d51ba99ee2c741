import { Command } from 'commander';

import { formatNumber } from '../../format-number.ts';
import { findHeldBatches } from '../../import/held.ts';
import { addUp, isCalled, type NamedImport } from '../../import/named-imports.ts';
import { formatTable } from '../../table.ts';
import { addServiceOptions, connect, type ServiceFlags } from '../service-options.ts';

/** `trackly import status`: what the service has of imports, by their names. */
export function importStatusCommand(): Command {
  const command = new Command('status')
    .description('Show the imports that the service has of the account, by name, from whichever machine they came')
    .argument('[name]', 'only this one (default: all)');
  return addServiceOptions(command)
    .option('--json', 'print one JSON object for each import')
    .addHelpText('after', '\nExamples:\n  trackly import status\n  trackly import status history.csv')
    .action(showStatus);
}

async function showStatus(name: string | undefined, flags: ServiceFlags & { json?: boolean }): Promise<void> {
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
