#!/usr/bin/env node
import { Command } from 'commander';

import { Interruption } from './command-error.ts';
import { accountsCommand } from './commands/accounts.ts';
import { catalogCommand } from './commands/catalog.ts';
import { COULD_NOT_RUN, importCommand } from './commands/import.ts';
import { keysCommand } from './commands/keys.ts';
import { migrateCommand } from './commands/migrate.ts';
import { describeFailure, throwUsageErrors } from './failures.ts';

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
throwUsageErrors(program);

// Whoever reads may stop early, as in "trackly keys list | head".
process.stdout.on('error', () => undefined);

try {
  await program.parseAsync();
} catch (error) {
  const { line, exitCode } = describeFailure(error, process.argv[2] === 'import' ? COULD_NOT_RUN : 1);
  if (line) process.stderr.write(`${line}\n`);
  if (error instanceof Interruption) process.exit(exitCode);
  process.exitCode = exitCode;
}
