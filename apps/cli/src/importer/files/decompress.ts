import { pipeline } from 'node:stream';
import * as zlib from 'node:zlib';

import { CommandError } from '../../terminal/command-error.ts';
import { peek } from './peek.ts';
import { unzstd, unzstdNatively } from './zstd.ts';

type Chunks = AsyncIterable<Buffer>;

const FORMATS: readonly { name: string; magic: Buffer; expand: (chunks: Chunks) => Chunks }[] = [
  { name: 'gzip', magic: Buffer.from('1f8b', 'hex'), expand: gunzip },
  {
    name: 'zstd',
    magic: Buffer.from('28b52ffd', 'hex'),
    // Node supports zstd since 22.15. Only Node's decompressor verifies the checksum of the data.
    expand: 'createZstdDecompress' in zlib ? unzstdNatively : unzstd,
  },
];
const LONGEST_MAGIC = 4;

/**
 * Decompresses gzip and zstd, recognised by their first bytes; yields anything else unchanged.
 *
 * @throws CommandError if the data is damaged or cut off
 */
export async function* decompress(name: string, chunks: Chunks): AsyncGenerator<Buffer, void> {
  const { head, items } = await peek(chunks, (read) => Buffer.concat(read).length >= LONGEST_MAGIC);
  const start = Buffer.concat(head);
  const format = FORMATS.find(({ magic }) => start.subarray(0, magic.length).equals(magic));
  if (!format) {
    yield* items;
    return;
  }
  try {
    yield* format.expand(items);
  } catch (error) {
    if (!(error instanceof Error) || error instanceof CommandError) throw error;
    throw new CommandError(
      `${name}: the ${format.name} data is damaged or cut off (${error.message}): get the file again.`,
    );
  }
}

async function* gunzip(chunks: Chunks): Chunks {
  const stream = zlib.createGunzip();
  // The loop over the stream throws the error.
  pipeline(chunks, stream, () => undefined);
  yield* stream;
}
