import { mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const IN_MEMORY = '/dev/shm';

/** More than the servers of a run write. */
const ROOM_BYTES = 4 * 1024 ** 3;

/** Makes a folder for a server's files: in memory, where the machine has a file system for that with room for them. */
export async function makeServerFolder(name: string): Promise<string> {
  return mkdtemp(path.join((await hasRoom(IN_MEMORY)) ? IN_MEMORY : tmpdir(), `trackly-${name}-`));
}

async function hasRoom(folder: string): Promise<boolean> {
  const space = await statfs(folder).catch(() => undefined);
  return space !== undefined && space.bavail * space.bsize > ROOM_BYTES;
}
