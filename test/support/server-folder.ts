import { mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const IN_MEMORY = '/dev/shm';

/** More than the servers of a run write. */
const ROOM_BYTES = 4 * 1024 ** 3;

/**
 * Makes a folder for a server's files: in memory, unless that is not wanted, or the machine has no file system and no
 * memory with room for them.
 */
export async function makeServerFolder(name: string, { inMemory = true } = {}): Promise<string> {
  const parent = inMemory && (await hasRoom(IN_MEMORY)) ? IN_MEMORY : tmpdir();
  return mkdtemp(path.join(parent, `trackly-${name}-`));
}

async function hasRoom(folder: string): Promise<boolean> {
  const space = await statfs(folder).catch(() => undefined);
  return space !== undefined && Math.min(space.bavail * space.bsize, process.availableMemory()) > ROOM_BYTES;
}
