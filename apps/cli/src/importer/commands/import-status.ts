import { Command } from 'commander';

import type { StatusFlags } from '../imports/show-status.ts';
import { addServiceOptions } from './service-flags.ts';

/** `trackly import status`: what the service has of imports, by their names. */
export function importStatusCommand(): Command {
  const command = new Command('status')
    .description('Show the imports that the service has of the account, by name, from whichever machine they came')
    .argument('[name]', 'only this one (default: all)');
  return addServiceOptions(command)
    .option('--json', 'print one JSON object for each import')
    .addHelpText('after', '\nExamples:\n  trackly import status\n  trackly import status history.csv')
    .action(async (name: string | undefined, flags: StatusFlags) => {
      const { showStatus } = await import('../imports/show-status.ts');
      await showStatus(name, flags);
    });
}
