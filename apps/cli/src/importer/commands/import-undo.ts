import { Command } from 'commander';

import type { UndoFlags } from '../imports/undo-named.ts';
import { addServiceOptions } from './service-flags.ts';

/** `trackly import undo`: takes back all that was imported under a name. */
export function importUndoCommand(): Command {
  const command = new Command('undo')
    .description('Take back all that was imported under a name: its revenue is gone from records, contacts and reports')
    .argument('<name>', 'as "trackly import status" shows it; the common name of several files takes back all of them');
  return addServiceOptions(command)
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nRun it again when it was interrupted.\n\nExample:\n  trackly import undo history.csv')
    .action(async (name: string, flags: UndoFlags) => {
      const { undoNamed } = await import('../imports/undo-named.ts');
      await undoNamed(name, flags);
    });
}
