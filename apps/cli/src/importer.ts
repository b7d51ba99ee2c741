#!/usr/bin/env node
import { Command } from 'commander';

import { completionCommand } from './commands/completion.ts';
import { importCommand } from './commands/import/index.ts';
import { verifyCommand } from './commands/verify.ts';
import { ignoreClosedOutput } from './ignore-closed-output.ts';
import { runProgram } from './run-program.ts';

// What the package holds: the commands that need nothing but HTTP.
const program = new Command('trackly').description('Import revenue history');
ignoreClosedOutput();
await runProgram(program, [importCommand(), verifyCommand(), completionCommand()], process.argv.slice(2));
