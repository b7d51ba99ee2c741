import { Command } from 'commander';

import type { StatusFlags } from '../imports/show-status.ts';
import { addServiceOptions } from './service-flags.ts';

/** `trackly import status`: shows the imports that the service holds, by name. */
export function importStatusCommand(): Command {
  const command = new Command('status')
    .description("Show the account's imports by name, from whatever machine they were sent")
    .argument('[name]', 'name of one import (default: all imports)');
  return addServiceOptions(command)
    .option('--json', 'print one JSON object for each import')
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, flags: StatusFlags) => {
      const { showStatus } = await import('../imports/show-status.ts');
      await showStatus(name, flags);
    });
}

const HELP = `
The service knows only what it was sent. An import that was interrupted is "completed" when all batches sent so far are;
"trackly verify" tells whether the whole file was imported. Rows that the importer itself rejects were not sent and are
not counted here.

Examples:
  trackly import status
  trackly import status history.csv`;
