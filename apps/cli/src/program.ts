import { Command } from 'commander';

import { accountsCommand } from './admin/accounts-command.ts';
import { completionCommand } from './completion/command.ts';
import { contactsCommand } from './admin/contacts-command.ts';
import { importCommand } from './importer/commands/import.ts';
import { keysCommand } from './admin/keys-command.ts';
import { listsCommand } from './admin/lists-command.ts';
import { migrateCommand } from './admin/migrate-command.ts';
import { verifyCommand } from './importer/commands/verify.ts';
import { runProgram } from './run-program.ts';

/** Runs the complete `trackly` command: the importer and the administration of the service. */
export async function runTrackly(args: readonly string[]): Promise<void> {
  const program = new Command('trackly')
    .description('Import contacts, offers, sends and revenue, and administer the service')
    .addHelpText(
      'after',
      `
Commands that use the database read DATABASE_URL, or DATA_DIR for the embedded server (default .data).`,
    );
  const commands = [
    importCommand(),
    verifyCommand(),
    keysCommand(),
    accountsCommand(),
    listsCommand(),
    contactsCommand(),
    migrateCommand(),
    completionCommand(),
  ];
  await runProgram(program, commands, args);
}
