import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

import { CommandError } from '../../terminal/command-error.ts';

/** Where the bytes of an input come from. */
export interface Source {
  /** Name of the input in messages. */
  name: string;
  /** Undefined if the size is unknown. */
  totalBytes: number | undefined;
  /** Yields buffers. */
  stream: Readable;
}

const CHUNK_BYTES = 128 * 1024;

/** The file name that means standard input. */
export const STANDARD_INPUT = '-';

/** Names an input for messages. */
export function inputName(file: string): string {
  return file === STANDARD_INPUT ? 'standard input' : file;
}

/**
 * Reads the size of an input in bytes; undefined if it is unknown, as for standard input and pipes.
 *
 * @throws CommandError if there is no such file
 */
export async function inputSize(file: string): Promise<number | undefined> {
  if (file === STANDARD_INPUT) return undefined;
  const entry = await stat(file).catch((error: unknown) => {
    throw cannotBeOpened(file, error);
  });
  return entry.isFile() ? entry.size : undefined;
}

/**
 * Opens a file, or standard input for `-`.
 *
 * @throws CommandError if there is no such file, or it is a folder
 */
export async function openSource(file: string): Promise<Source> {
  const name = inputName(file);
  if (file === STANDARD_INPUT) return { name, totalBytes: undefined, stream: process.stdin };
  const handle = await open(file).catch((error: unknown) => {
    throw cannotBeOpened(file, error);
  });
  const entry = await handle.stat();
  if (entry.isDirectory()) {
    await handle.close();
    throw new CommandError(`${file} is a folder: give a file.`);
  }
  // For a pipe, stat reports a size of 0, but the size is unknown.
  const totalBytes = entry.isFile() ? entry.size : undefined;
  return { name, totalBytes, stream: handle.createReadStream({ highWaterMark: CHUNK_BYTES }) };
}

function cannotBeOpened(file: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ('code' in error && error.code === 'ENOENT') return new CommandError(`There is no file ${file}: check its name.`);
  return new CommandError(`${file} cannot be read: ${error.message}.`);
}
