import { Command } from 'commander';

import { accountsCommand } from './commands/accounts.ts';
import { catalogCommand } from './commands/catalog.ts';
import { completionCommand } from './commands/completion.ts';
import { importCommand } from './commands/import/index.ts';
import { keysCommand } from './commands/keys.ts';
import { migrateCommand } from './commands/migrate.ts';
import { verifyCommand } from './commands/verify.ts';
import { runProgram } from './run-program.ts';

/** Runs the whole `trackly`, the importer and what administers the service, with what it was called with. */
export async function runTrackly(args: readonly string[]): Promise<void> {
  const program = new Command('trackly')
    .description('Import revenue history, and administer the service that takes it')
    .addHelpText(
      'after',
      `
Commands that use the database take DATABASE_URL, or DATA_DIR for the embedded server (default .data).`,
    );
  const commands = [
    importCommand(),
    verifyCommand(),
    keysCommand(),
    accountsCommand(),
    catalogCommand(),
    migrateCommand(),
    completionCommand(),
  ];
  await runProgram(program, commands, args);
}
