import { Readable } from 'node:stream';

import type { Input, InputFormat, Row } from './input.ts';
import { readInput } from './open-input.ts';

/** For tests: an input whose bytes arrive in pieces of these sizes, repeated. */
export function inputOf(
  content: string | Buffer,
  pieceSizes: readonly number[] = [64 * 1024],
  format: InputFormat = {},
): Promise<Input> {
  const bytes = Buffer.from(content);
  function* pieces() {
    let at = 0;
    for (let piece = 0; at < bytes.length; piece += 1) {
      const size = pieceSizes[piece % pieceSizes.length] ?? 1;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
  return readInput({ name: 'f', totalBytes: bytes.length, stream: Readable.from(pieces()) }, format);
}

/** For tests: reads all rows; `reason` is the error that ended reading, if any. */
export async function readAll(input: Input | Promise<Input>): Promise<{ rows: Row[]; reason?: string }> {
  const rows: Row[] = [];
  try {
    for await (const row of (await input).rows) rows.push(row);
  } catch (error) {
    return { rows, reason: error instanceof Error ? error.message : String(error) };
  }
  return { rows };
}
