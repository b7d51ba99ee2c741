import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url));

/** The importer's exit code when some records were rejected. */
const SOME_REJECTED = 1;

/**
 * Runs the `trackly` command as a user would. Its progress and errors go to the terminal.
 *
 * @returns its standard output
 * @throws Error if the command fails
 */
export async function runTrackly(args: string[]): Promise<string> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const succeeded = exitCode === 0 || (args[0] === 'import' && exitCode === SOME_REJECTED);
  if (!succeeded) throw new Error(`trackly ${args[0]} failed with exit code ${exitCode}.`);
  return output.trim();
}
