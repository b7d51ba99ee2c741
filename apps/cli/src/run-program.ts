import type { Command } from 'commander';

import { colourHelp, toErrorLine } from './terminal/colours.ts';
import { Interruption } from './terminal/command-error.ts';
import { describeFailure, throwUsageErrors } from './terminal/failures.ts';

/** Of these commands, exit code 1 says something about records. */
const USES_ONE = new Set(['import', 'verify']);
const COULD_NOT_RUN = 2;

/** Runs a program with what it was called with: its failures become one line on stderr, and its exit code. */
export async function runProgram(
  program: Command,
  commands: readonly Command[],
  args: readonly string[],
): Promise<void> {
  for (const command of commands) program.addCommand(command);
  throwUsageErrors(program);
  colourHelp(program);

  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    const { message, exitCode } = describeFailure(error, USES_ONE.has(args[0] ?? '') ? COULD_NOT_RUN : 1);
    if (message) process.stderr.write(toErrorLine(message));
    if (error instanceof Interruption) process.exit(exitCode);
    process.exitCode = exitCode;
  }
}
