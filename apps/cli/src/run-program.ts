import type { Command } from 'commander';

import { colourHelp, toErrorLine } from './terminal/colours.ts';
import { Interruption } from './terminal/command-error.ts';
import { describeFailure, throwUsageErrors } from './terminal/failures.ts';
import { write } from './terminal/output.ts';

/** The commands whose exit code 1 means rejected records or differences. Their failures exit with 2. */
const USES_ONE = new Set(['import', 'verify']);
const COULD_NOT_RUN = 2;

/** Runs a program with the given arguments. A failure becomes one line on stderr and the exit code. */
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
    if (message) write('stderr', toErrorLine(message));
    if (error instanceof Interruption) process.exit(exitCode);
    process.exitCode = exitCode;
  }
}
