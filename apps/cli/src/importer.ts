#!/usr/bin/env node
import { Command } from 'commander';

import { completionCommand } from './completion/command.ts';
import { importCommand } from './importer/commands/import.ts';
import { verifyCommand } from './importer/commands/verify.ts';
import { ignoreClosedOutput } from './terminal/ignore-closed-output.ts';
import { runProgram } from './run-program.ts';

// The published package holds only the commands that need nothing but HTTP.
const program = new Command('trackly').description('Import contacts, offers, sends and revenue');
ignoreClosedOutput();
await runProgram(program, [importCommand(), verifyCommand(), completionCommand()], process.argv.slice(2));
