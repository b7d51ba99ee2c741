import zlib from 'node:zlib';

import { Decompress } from 'fzstd';

/** Decompresses zstd with Node's own decompressor. */
export async function* unzstdNatively(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const source = chunks[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await source.next();
    return done ? undefined : value;
  };
  let chunk = await next();
  // Node's stream ends after one frame and silently drops the rest. Files often have several frames: pzstd writes them,
  // and so does appending to a file.
  while (chunk) {
    const frame = zlib.createZstdDecompress();
    let taken = 0;
    let settle = () => {};
    frame.once('close', () => settle());
    const feed = async () => {
      while (chunk) {
        const rest: Buffer = chunk;
        await new Promise<void>((resolve) => {
          settle = resolve;
          frame.write(rest, () => resolve());
        });
        if (frame.bytesWritten < taken + rest.length) return;
        taken += rest.length;
        chunk = await next();
      }
      frame.end();
    };
    const fed = feed().catch((error: Error) => frame.destroy(error));
    yield* frame;
    await fed;
    const rest: Buffer | undefined = chunk?.subarray(frame.bytesWritten - taken);
    chunk = rest?.length === 0 ? await next() : rest;
  }
}

/** A block of four bytes can expand to 128 KiB, and the output of one piece is in memory at once. */
const PIECE_BYTES = 1024;

/** Decompresses zstd where Node is too old to do it. Does not verify checksums. */
export async function* unzstd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let blocks: Uint8Array[] = [];
  const decompressor = new Decompress((block) => blocks.push(block));
  function* take() {
    const taken = blocks;
    blocks = [];
    for (const { buffer, byteOffset, byteLength } of taken) yield Buffer.from(buffer, byteOffset, byteLength);
  }
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      decompressor.push(chunk.subarray(at, at + PIECE_BYTES));
      yield* take();
    }
  }
  decompressor.push(new Uint8Array(0), true);
  yield* take();
}
