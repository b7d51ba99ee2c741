import { Command } from 'commander';

import { importRevenueCommand } from './import-kind.ts';
import { importStatusCommand } from './import-status.ts';
import { importUndoCommand } from './import-undo.ts';

/** `trackly import`: moves history into the service, over HTTP only: no database, no queue. */
export function importCommand(): Command {
  return new Command('import')
    .description('Import files, see what was imported, take it back')
    .addCommand(importRevenueCommand())
    .addCommand(importStatusCommand())
    .addCommand(importUndoCommand());
}
