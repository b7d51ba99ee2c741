import { Command } from 'commander';

import { fileKinds } from '../kinds/index.ts';
import { importKindCommand } from './import-kind.ts';
import { importStatusCommand } from './import-status.ts';
import { importUndoCommand } from './import-undo.ts';

/** `trackly import`: moves history into the service, over HTTP only: no database, no queue. */
export function importCommand(): Command {
  const command = new Command('import').description('Import files, show what was imported, undo imports');
  for (const kind of Object.values(fileKinds)) command.addCommand(importKindCommand(kind));
  return command.addCommand(importStatusCommand()).addCommand(importUndoCommand());
}
