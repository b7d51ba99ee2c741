import { Command } from 'commander';

import type { VerifyFlags } from '../imports/verify-files.ts';
import { addServiceOptions } from './service-flags.ts';

/** `trackly verify`: proves that the service holds what a file says. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('Compare what files should have brought with what the service holds')
    .argument('<file...>', 'that "trackly import revenue" has imported');
  return addServiceOptions(command)
    .option('--name <name>', 'what the import is called, for standard input')
    .option('--journal <file>', 'the journal of the import (default: FILE.journal)')
    .option('--json', 'print what was found as JSON, one object for each file')
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: VerifyFlags) => {
      const { verifyFiles } = await import('../imports/verify-files.ts');
      await verifyFiles(files, flags);
    });
}

const HELP = `
Reads each file again, the way it was imported: the journal beside it knows the options, and which rows were rejected.
Adds up all other rows by month and by offer, and compares records and revenue, to the last digit, with the reports of
the service about exactly this import. Months are those of UTC. Whatever else the service holds does not matter, and
whatever it holds twice of this import shows.

Exit code: 0 all the same, 1 there are differences, 2 could not run.

Example:
  trackly verify history.csv`;
