#!/usr/bin/env node
import { Command } from 'commander';

import { CommandError } from './command-error.ts';
import { accountsCommand } from './commands/accounts.ts';
import { catalogCommand } from './commands/catalog.ts';
import { importCommand } from './commands/import.ts';
import { keysCommand } from './commands/keys.ts';
import { migrateCommand } from './commands/migrate.ts';

const program = new Command('trackly')
  .description('Import revenue history, and administer the service that takes it')
  .addHelpText(
    'after',
    `
Commands that use the database take DATABASE_URL, or DATA_DIR for the embedded server (default .data).`,
  );
for (const command of [importCommand(), keysCommand(), accountsCommand(), catalogCommand(), migrateCommand()]) {
  program.addCommand(command);
}

try {
  await program.parseAsync();
} catch (error) {
  const message =
    error instanceof Error ? error.message.split('\n').findLast((line) => line.trim() !== '') : String(error);
  process.stderr.write(`trackly: ${message}\n`);
  process.exitCode = error instanceof CommandError ? error.exitCode : 1;
}
