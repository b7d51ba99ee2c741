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
    .addHelpText('after', '\nExamples:\n  trackly import status\n  trackly import status history.csv')
    .action(async (name: string | undefined, flags: StatusFlags) => {
      const { showStatus } = await import('../imports/show-status.ts');
      await showStatus(name, flags);
    });
}
