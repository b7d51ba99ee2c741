import { CommandError } from '../../../terminal/command-error.ts';
import type { Row } from '../input.ts';
import type { LineAccount } from '../line-account.ts';
import { countLineEnds, LONGEST } from '../lines.ts';
import { isText, notTextIn } from '../text.ts';
import { isNameOfRecords, keyOfArray } from './form.ts';
import { LineClaims } from './line-claims.ts';
import { EXPECTED, nextPlace, type Place } from './places.ts';
import { BrokenJson, isObject, parse, parseRecord } from './record.ts';
import { ValueBounds } from './value-bounds.ts';

/** Reads the objects of a JSON document as rows. Throws an error only after all rows before it. */
export async function* readDocument(
  name: string,
  chunks: AsyncIterable<Buffer>,
  account: LineAccount,
): AsyncGenerator<Row[], void> {
  const reader = new DocumentReader(name, account);
  try {
    for await (const chunk of chunks) {
      reader.push(chunk);
      yield reader.take();
    }
    reader.end();
  } catch (error) {
    yield reader.take();
    throw error;
  }
  yield reader.take();
}

const LF = 0x0a;
const CR = 0x0d;
const BLANK = new Set(Buffer.from(' \t\r\n'));

/** Reads a document piece by piece. Of the document, only the record that is not complete yet is in memory. */
class DocumentReader {
  readonly #name: string;
  readonly #claims: LineClaims;
  #rows: Row[] = [];
  #place: Place = 'start';
  #line = 1;
  #isAfterCr = false;
  /** The value that is not complete yet. */
  #bounds: ValueBounds | undefined;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #isInObject = false;
  /** The member that holds the records, if an object is around them; undefined as long as it is not known. */
  #keyOfArray: string | undefined;
  #key = '';
  #isArrayRead = false;

  constructor(name: string, account: LineAccount) {
    this.#name = name;
    this.#claims = new LineClaims(account);
  }

  /** Takes the rows that are complete. */
  take(): Row[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#bounds) at = this.#continueValue(this.#bounds, chunk, at);
      else if (BLANK.has(chunk[at] ?? 0)) at = this.#skipBlank(chunk, at);
      else at += this.#readToken(chunk, at);
    }
  }

  end(): void {
    this.#line += countLineEnds(Buffer.concat(this.#held));
    if (this.#bounds || (this.#place !== 'end' && this.#place !== 'record')) throw this.#isCutOff();
    this.#claims.end(this.#line, this.#isAtLineStart);
  }

  #isAtLineStart = true;

  #skipBlank(chunk: Buffer, from: number): number {
    let at = from;
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (!BLANK.has(byte)) break;
      const isLineEnd = byte === CR || (byte === LF && !this.#isAfterCr);
      if (isLineEnd) this.#line += 1;
      this.#isAfterCr = byte === CR;
      this.#isAtLineStart = byte === CR || byte === LF;
    }
    return at;
  }

  /** Reads a token of one byte, or begins a value. Returns the number of bytes read. */
  #readToken(chunk: Buffer, at: number): 0 | 1 {
    this.#isAfterCr = false;
    this.#isAtLineStart = false;
    const token = String.fromCodePoint(chunk[at] ?? 0);
    const next = nextPlace(this.#place, token, { isInObject: this.#isInObject, isOfRecords: this.#isOfRecords() });
    if (next === undefined) throw this.#isUnexpected(chunk[at] ?? 0);
    if (next !== 'value') {
      this.#claims.structure(this.#line);
      if (token === ']') this.#isArrayRead = true;
      if (this.#place === 'member') this.#keyOfArray = this.#key;
      this.#place = next;
      return 1;
    }
    this.#bounds = new ValueBounds();
    return 0;
  }

  /** Reads on in a value. Returns the place after it, or after the chunk. */
  #continueValue(bounds: ValueBounds, chunk: Buffer, from: number): number {
    const end = bounds.scan(chunk, from);
    const part = end === -1 ? chunk.subarray(from) : chunk.subarray(from, end);
    if (this.#heldBytes + part.length > LONGEST) {
      if (this.#place !== 'start') throw this.#isTooLong();
      this.#enterObject(Buffer.concat([...this.#takeHeld(), chunk.subarray(from)]));
      return chunk.length;
    }
    if (end === -1) {
      this.#held.push(part);
      this.#heldBytes += part.length;
      return chunk.length;
    }
    const held = this.#takeHeld();
    this.#readValue(held.length === 0 ? part : Buffer.concat([...held, part]));
    return end;
  }

  #takeHeld(): Buffer[] {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    this.#bounds = undefined;
    return held;
  }

  #readValue(bytes: Buffer): void {
    if (!isText(bytes)) throw notTextIn(this.#name, this.#line, bytes);
    const text = bytes.toString();
    if (this.#place === 'start') {
      this.#keyOfArray = keyOfArray(text);
      if (this.#keyOfArray !== undefined) return this.#enterObject(bytes);
    }
    const lines = 1 + countLineEnds(bytes);
    switch (this.#place) {
      case 'start':
      case 'record':
        this.#addRow(text, lines);
        this.#place = 'record';
        break;
      case 'first item':
      case 'item':
        this.#addRow(text, lines);
        this.#place = 'after item';
        break;
      case 'first key':
      case 'key':
        this.#key = String(this.#parse(text));
        this.#claims.structure(this.#line);
        this.#place = 'colon';
        break;
      default:
        this.#checkIsNoArray(this.#parse(text));
        for (let index = 0; index < lines; index += 1) this.#claims.structure(this.#line + index);
        this.#place = 'after member';
    }
    this.#line += lines - 1;
  }

  /** Reads an object again from its beginning, as one that is around an array of records. */
  #enterObject(bytes: Buffer): void {
    this.#isInObject = true;
    this.#keyOfArray ??= firstKey(bytes);
    this.#claims.structure(this.#line);
    this.#place = 'first key';
    this.push(bytes.subarray(1));
  }

  /** Whether the member that comes holds the records. */
  #isOfRecords(): boolean {
    if (this.#isArrayRead) return false;
    return this.#keyOfArray === undefined ? isNameOfRecords(this.#key) : this.#key === this.#keyOfArray;
  }

  /** What stands beside the array of records is left out, unless it may be records, too. */
  #checkIsNoArray(value: unknown): void {
    if (!this.#isArrayRead || !Array.isArray(value) || !isObject(value[0])) return;
    if (isNameOfRecords(this.#keyOfArray ?? '') && !isNameOfRecords(this.#key)) return;
    throw this.#error(
      `beside the array ${JSON.stringify(this.#keyOfArray)}, whose records were read, there is the array ` +
        `${JSON.stringify(this.#key).slice(0, 40)}: write one object per line, for instance with jq -c ` +
        `'.${this.#keyOfArray}[]'.`,
    );
  }

  #addRow(text: string, lines: number): void {
    const fields = parseRecord(text);
    if (fields instanceof BrokenJson) throw this.#isBroken(fields, text);
    const own = this.#claims.record(this.#line, lines);
    const row: Row = {
      line: this.#line,
      cells: [onOneLine(text)],
      fields: fields ?? {},
      ...(own !== 1 && { lines: own }),
    };
    this.#rows.push(fields === undefined ? { ...row, problem: 'The item is not a JSON object.' } : row);
  }

  #parse(text: string): unknown {
    const value = parse(text);
    if (value instanceof BrokenJson) throw this.#isBroken(value, text);
    return value;
  }

  #isBroken({ reason, position }: BrokenJson, text: string): CommandError {
    this.#line += countLineEnds(Buffer.from(text.slice(0, position ?? 0)));
    return this.#error(`the JSON is broken (${reason}), and cannot be read on: correct it.`);
  }

  #isUnexpected(byte: number): CommandError {
    const seen = describeByte(byte);
    if (this.#place !== 'end') {
      return this.#error(
        `the JSON is broken (expected ${EXPECTED[this.#place]}, not ${seen}), and cannot be read on: correct it.`,
      );
    }
    return this.#error(
      `after the end of the records comes ${seen}: a file of JSON has one array or object. Put more records into that ` +
        'array, or into a file of their own.',
    );
  }

  #isTooLong(): CommandError {
    return this.#error(
      'the value that begins here is longer than 1 MiB, which no record is: write one object per line, for instance with ' +
        `jq -c '${this.#isInObject ? `.${this.#key}` : '.'}[]'.`,
    );
  }

  #isCutOff(): CommandError {
    return this.#error('the JSON ends too early, the file is cut off: get it again.');
  }

  #error(text: string): CommandError {
    return new CommandError(`${this.#name}, line ${this.#line}: ${text}`);
  }
}

/** Shows one character, because it must not matter how the file is cut into pieces. */
function describeByte(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? String.fromCodePoint(byte) : 'what is no JSON';
}

/** The first key of an object whose end is unknown, if its value is an array of objects. */
function firstKey(bytes: Buffer): string | undefined {
  const [, key] = /^\{\s*("(?:[^"\\]|\\.)*")\s*:\s*\[\s*\{/s.exec(bytes.toString('utf8', 0, 4096)) ?? [];
  const value = key === undefined ? undefined : parse(key);
  return typeof value === 'string' ? value : undefined;
}

/** Line breaks are never part of a string in JSON. */
function onOneLine(json: string): string {
  return json.replaceAll(/[ \t]*[\r\n][ \t\r\n]*/g, ' ');
}
