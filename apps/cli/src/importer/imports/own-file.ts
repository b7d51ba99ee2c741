import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';

import { CommandError } from '../../terminal/command-error.ts';
import { STANDARD_INPUT } from '../files/byte-source.ts';

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants;

/** Only the owner reads what comes from standard input. */
const PRIVATE = 0o600;
const READ_AND_WRITE = 0o666;

/** Who may read and write a file that holds rows of the source: those who may read and write the source. */
export async function modeOf(source: string): Promise<number> {
  if (source === STANDARD_INPUT) return PRIVATE;
  const { mode } = await stat(source);
  return (mode & READ_AND_WRITE) | PRIVATE;
}

/**
 * Opens a file that the importer writes beside the source, and makes it if there is none.
 *
 * @param mode of a new file
 * @throws CommandError if the name is that of a symbolic link, which could lead to any file
 */
export async function openOwnFile(
  file: string,
  { mode, appends = false }: { mode: number; appends?: boolean },
): Promise<FileHandle> {
  const flags = O_WRONLY | O_CREAT | O_NOFOLLOW | (appends ? O_APPEND : O_TRUNC);
  try {
    return await open(file, flags, mode);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ELOOP')) throw error;
    throw new CommandError(`${file} is a symbolic link, and is not written to: remove it, or name another --journal.`);
  }
}
