import { Command } from 'commander';

import type { VerifyFlags } from '../imports/verify-files.ts';
import { addServiceOptions } from './service-flags.ts';

/** `trackly verify`: compares imported files with what the service holds. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('Compare imported files with what the service holds')
    .argument('<file...>', 'files that "trackly import" has imported');
  return addServiceOptions(command)
    .option('--name <name>', 'name of the import; for standard input')
    .option('--journal <file>', 'journal of the import (default: FILE.journal)')
    .option('--json', 'print the result as JSON, one object per file')
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: VerifyFlags) => {
      const { verifyFiles } = await import('../imports/verify-files.ts');
      await verifyFiles(files, flags);
    });
}

const HELP = `
Reads each file again with the options of its import, which the journal holds together with the rejected rows. Compares
all other rows with the service, by kind:

  contacts  the number of records of each batch
  offers    each record, in all fields that the service keeps
  sends     each record, in all fields that the service keeps
  revenue   number and sum, to the last digit, by month (in UTC) and by offer, with the reports on exactly this import;
            records that the service holds twice are differences

Anything else that the service holds does not matter.

Exit code: 0 no differences, 1 differences, 2 could not run.

Example:
  trackly verify history.csv`;
