import { CommandError } from '../../terminal/command-error.ts';
import { isText, notText } from './text.ts';

/** Whole lines of UTF-8 text, with their line ends; only the last line of a file may lack one. */
export interface Lines {
  /** Number of the first line, from 1. */
  first: number;
  bytes: Buffer;
  /** How many lines these are. */
  count: number;
  /** Whether a byte order mark came before them. */
  hasMark: boolean;
}

/** Maximum length of a line or row, in bytes. No record comes near it, and a longer line would pile up in memory. */
export const LONGEST = 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** A line that is too long, perhaps because a quote before it is never closed. */
export class LongLineError extends CommandError {
  constructor(name: string, line: number) {
    super(
      `${name}, line ${line}: the line is longer than 1 MiB, which no record is: check that the file is CSV or JSON.`,
    );
  }
}

/**
 * Cuts buffers between lines, which may end with LF, CRLF or CR, and drops a byte order mark. Yields all lines before
 * an invalid one before it throws.
 *
 * @throws CommandError naming the line, if it is not text, not UTF-8 or longer than LONGEST
 */
export async function* wholeLines(name: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Lines, void> {
  let first = 1;
  let held: Buffer[] = [];
  let heldBytes = 0;
  // A CR at the end of a buffer may be half of a CRLF: keep it until the next buffer.
  let heldCr = false;

  function* take(last: Buffer): Generator<Lines, void> {
    let bytes = held.length === 0 ? last : Buffer.concat([...held, last]);
    held = [];
    heldBytes = 0;
    const hasMark = first === 1 && bytes.indexOf(BYTE_ORDER_MARK) === 0;
    if (hasMark) bytes = bytes.subarray(BYTE_ORDER_MARK.length);
    if (!isText(bytes)) yield* untilWrong(name, first, bytes, hasMark);
    if (bytes.length > 0) yield toLines(first, bytes, hasMark);
    first += countLineEnds(bytes);
  }

  for await (const piece of cut(chunks)) {
    let chunk: Buffer = heldCr ? Buffer.concat([Buffer.of(CR), piece]) : piece;
    heldCr = chunk.at(-1) === CR;
    if (heldCr) chunk = chunk.subarray(0, -1);

    if (heldBytes + firstLineLength(chunk) > LONGEST) {
      const start = Buffer.concat([...held, chunk]).subarray(0, LONGEST);
      throw start.includes(0) ? notText(name, first, start) : new LongLineError(name, first);
    }
    const end = Math.max(chunk.lastIndexOf(LF), chunk.lastIndexOf(CR)) + 1;
    if (end > 0) yield* take(chunk.subarray(0, end));
    if (end < chunk.length) held.push(chunk.subarray(end));
    heldBytes += chunk.length - end;
  }
  yield* take(heldCr ? Buffer.of(CR) : Buffer.alloc(0));
}

/** Cuts buffers to LONGEST bytes, so that a line that is too long never lies within one piece. */
async function* cut(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += LONGEST) yield chunk.subarray(at, at + LONGEST);
  }
}

function firstLineLength(bytes: Buffer): number {
  const ends = [bytes.indexOf(LF), bytes.indexOf(CR)].filter((end) => end !== -1);
  return Math.min(...ends, bytes.length);
}

/** Counts lines in bytes that arrive in pieces: they end with LF, CRLF or CR, the last one perhaps with nothing. */
export class LineCounter {
  #ends = 0;
  #last: number | undefined;

  add(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#ends += countLineEnds(bytes);
    if (this.#last === CR && bytes[0] === LF) this.#ends -= 1;
    this.#last = bytes.at(-1);
  }

  get lines(): number {
    const isEnded = this.#last === undefined || this.#last === LF || this.#last === CR;
    return this.#ends + (isEnded ? 0 : 1);
  }
}

/** Counts the line ends in these bytes: LF, CRLF or CR. */
export function countLineEnds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) count += 1;
  for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) count += 1;
  return count;
}

function toLines(first: number, bytes: Buffer, hasMark: boolean): Lines {
  const isEnded = bytes.at(-1) === LF || bytes.at(-1) === CR;
  return { first, bytes, count: countLineEnds(bytes) + (isEnded ? 0 : 1), hasMark };
}

/**
 * Leaves out lines at the beginning.
 *
 * @param onSkipped receives how many lines were left out, which may be all
 */
export async function* skipLines(
  source: AsyncIterable<Lines>,
  count: number,
  onSkipped: (lines: number) => void,
): AsyncGenerator<Lines, void> {
  let toSkip = count;
  for await (const lines of source) {
    if (toSkip === 0) {
      yield lines;
      continue;
    }
    const skipped = Math.min(toSkip, lines.count);
    toSkip -= skipped;
    onSkipped(skipped);
    const rest = afterLines(lines.bytes, skipped);
    if (rest.length > 0) yield toLines(lines.first + skipped, rest, lines.hasMark);
  }
}

function afterLines(bytes: Buffer, count: number): Buffer {
  let rest = bytes;
  for (let skipped = 0; skipped < count; skipped += 1) {
    const end = firstLineLength(rest);
    rest = rest.subarray(end + (rest[end] === CR && rest[end + 1] === LF ? 2 : 1));
  }
  return rest;
}

function* untilWrong(name: string, first: number, bytes: Buffer, hasMark: boolean): Generator<Lines, never> {
  let line = first;
  let start = 0;
  for (;;) {
    const rest = bytes.subarray(start);
    const length = firstLineLength(rest);
    if (!isText(rest.subarray(0, length))) break;
    const isCrLf = rest[length] === CR && rest[length + 1] === LF;
    start += length + (isCrLf ? 2 : 1);
    line += 1;
  }
  if (start > 0) yield toLines(first, bytes.subarray(0, start), hasMark);
  throw notText(name, line, bytes.subarray(start));
}
