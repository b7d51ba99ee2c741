import { open, readFile, rm } from 'node:fs/promises';

import { CommandError } from '../../terminal/command-error.ts';

/**
 * Locks a journal for this process. Takes over the lock of a process that no longer runs.
 *
 * @returns a function that releases the lock
 * @throws CommandError if another process holds the lock, or the lock file cannot be written
 */
export async function lockJournal(journal: string): Promise<() => Promise<void>> {
  const file = `${journal}.lock`;
  const owner = await takeLock(file);
  if (owner !== undefined) {
    throw new CommandError(
      `Process ${owner} is already importing this file: wait for it. If that process is another program, delete ${file}.`,
    );
  }
  return () => rm(file, { force: true });
}

/** @returns the id of the process that holds the lock, if it is another one */
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
        throw new CommandError(
          `${file} cannot be written (${String(error.code)}): name a writable place with --journal.`,
        );
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
    // The process exists, but belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
