import { open, readFile, rm } from 'node:fs/promises';

import { CommandError } from '../../terminal/command-error.ts';

/**
 * Keeps a journal to this process. A lock that a killed process has left behind does not count.
 *
 * @returns what gives it back
 * @throws CommandError when another process has it
 */
export async function lockJournal(journal: string): Promise<() => Promise<void>> {
  const file = `${journal}.lock`;
  const owner = await takeLock(file);
  if (owner !== undefined) {
    throw new CommandError(
      `Process ${owner} is importing this file already: wait for it. If that is another program, delete ${file}.`,
    );
  }
  return () => rm(file, { force: true });
}

/** @returns the process that has the lock, if it is another one */
async function takeLock(file: string): Promise<number | undefined> {
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return undefined;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      if (error.code !== 'EEXIST') {
        throw new CommandError(`${file} cannot be written (${String(error.code)}): say with --journal where it can.`);
      }
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner !== process.pid && isRunning(owner)) return owner;
    await rm(file, { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
