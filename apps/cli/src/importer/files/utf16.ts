import { CommandError } from '../../terminal/command-error.ts';
import { countLineEnds } from './lines.ts';
import { peek } from './peek.ts';

type Encoding = 'UTF-16LE' | 'UTF-16BE';

const MARK_BYTES = 2;

/**
 * Turns UTF-16 with a byte order mark into UTF-8; yields anything else unchanged.
 *
 * @throws CommandError naming the line, after the text before it, if the content is not valid UTF-16
 */
export async function* toUtf8(name: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const { head, items } = await peek(chunks, (read) => Buffer.concat(read).length >= MARK_BYTES);
  const mark = Buffer.concat(head).toString('latin1', 0, MARK_BYTES);
  if (mark === '\u00FF\u00FE') yield* transcode(name, items, 'UTF-16LE');
  else if (mark === '\u00FE\u00FF') yield* transcode(name, items, 'UTF-16BE');
  else yield* items;
}

async function* transcode(
  name: string,
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
): AsyncGenerator<Buffer, void> {
  const lines = new LineCount();
  /** An odd byte, and the first half of a character, wait for the next chunk. */
  let odd: Buffer = Buffer.alloc(0);
  let half = '';

  for await (const chunk of chunks) {
    const bytes = Buffer.concat([odd, chunk]);
    const end = bytes.length - (bytes.length % 2);
    odd = bytes.subarray(end);
    const even = bytes.subarray(0, end);
    const text = half + (encoding === 'UTF-16BE' ? even.swap16() : even).toString('utf16le');
    half = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? '';
    const whole = text.slice(0, text.length - half.length);
    const valid = whole.isWellFormed() ? whole : whole.slice(0, firstLoneHalf(whole));
    const utf8 = Buffer.from(valid);
    lines.add(utf8);
    if (utf8.length > 0) yield utf8;
    if (valid.length < whole.length) throw invalid(name, lines.current, encoding);
  }
  if (odd.length > 0 || half !== '') throw invalid(name, lines.current, encoding);
}

function firstLoneHalf(text: string): number {
  return text.search(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/);
}

function invalid(name: string, line: number, encoding: Encoding): CommandError {
  return new CommandError(
    `${name}, line ${line}: the content is not valid ${encoding}, it has half a character: get the file again, or save ` +
      'it as UTF-8.',
  );
}

/** Counts lines in pieces of text. */
class LineCount {
  current = 1;
  #endsWithCr = false;

  add(bytes: Buffer): void {
    if (bytes.length === 0) return;
    // The two halves of a CRLF that was cut are one line end.
    this.current += countLineEnds(bytes) - Number(this.#endsWithCr && bytes[0] === 0x0a);
    this.#endsWithCr = bytes.at(-1) === 0x0d;
  }
}
