import { Command, Option } from 'commander';

import type { UndoFlags } from '../imports/undo-named.ts';
import { fileKinds } from '../kinds/index.ts';
import { addServiceOptions } from './service-flags.ts';

/** `trackly import undo`: undoes all that was imported under a name. */
export function importUndoCommand(): Command {
  const command = new Command('undo')
    .description('Undo an import: remove what it has made, and correct contact stats and reports')
    .argument('<name>', 'name that "trackly import status" shows; the common name of several files undoes all of them');
  return addServiceOptions(command)
    .option('--yes', 'do not ask for confirmation')
    .addOption(new Option('--kind <kind>', 'only imports of this kind').choices(Object.keys(fileKinds)))
    .addHelpText('after', HELP)
    .action(async (name: string, flags: UndoFlags) => {
      const { undoNamed } = await import('../imports/undo-named.ts');
      await undoNamed(name, flags);
    });
}

const HELP = `
If it is interrupted, run it again. A corrected rejects file that you imported is an import of its own.

Example:
  trackly import undo history.csv`;
