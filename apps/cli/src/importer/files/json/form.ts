import { LONGEST } from '../lines.ts';
import { peek } from '../peek.ts';
import { isObject, parse } from './record.ts';
import { ValueBounds } from './value-bounds.ts';

/**
 * The forms of JSON: an object on each line; or a document, which is an array of objects, an object around one, or
 * objects one after the other.
 */
export type JsonForm = 'ndjson' | 'document';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/**
 * Detects from the beginning of an input whether it is JSON, and in which form.
 *
 * @returns the form, undefined if it is not JSON; and the whole input, without a byte order mark if it is JSON
 */
export async function findForm(
  chunks: AsyncIterable<Buffer>,
): Promise<{ form: JsonForm | undefined; items: AsyncIterable<Buffer> }> {
  // Look again only at twice as many bytes, because pieces can be tiny.
  let enough = 1;
  const { head, items } = await peek(chunks, (read) => {
    const length = read.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (length < enough) return false;
    enough = Math.max(length + 1, Math.min(2 * length, LONGEST));
    return formOf(Buffer.concat(read), false) !== undefined;
  });
  const beginning = Buffer.concat(head);
  const form = formOf(beginning, true) ?? 'csv';
  return form === 'csv' ? { form: undefined, items } : { form, items: withoutMark(items) };
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const { head, items } = await peek(chunks, (read) => Buffer.concat(read).length >= BYTE_ORDER_MARK.length);
  const start = Buffer.concat(head);
  let dropped = start.indexOf(BYTE_ORDER_MARK) === 0 ? BYTE_ORDER_MARK.length : 0;
  for await (const chunk of items) {
    const rest = chunk.subarray(dropped);
    dropped -= chunk.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}

/** @returns undefined if that takes more bytes; never if `isAll` */
function formOf(bytes: Buffer, isAll: boolean): JsonForm | 'csv' | undefined {
  const isEnd = isAll || bytes.length >= LONGEST;
  const beginning = bytes.subarray(0, LONGEST);
  const start = skipBlank(beginning, beginning.indexOf(BYTE_ORDER_MARK) === 0 ? BYTE_ORDER_MARK.length : 0);
  const first = String.fromCodePoint(beginning[start] ?? 0);
  if (start === beginning.length) return isEnd ? 'csv' : undefined;
  if (first === '{') return formOfObject(beginning, start, isAll);
  if (first !== '[') return beginning.length < BYTE_ORDER_MARK.length && !isEnd ? undefined : 'csv';
  // Headers of CSV may begin with a bracket, too.
  const next = beginning[skipBlank(beginning, start + 1)];
  if (next === undefined && !isEnd) return undefined;
  return next !== undefined && '{["]'.includes(String.fromCodePoint(next)) ? 'document' : 'csv';
}

function formOfObject(bytes: Buffer, start: number, isAll: boolean): JsonForm | undefined {
  const isEnd = isAll || bytes.length >= LONGEST;
  const lineEnd = bytes.subarray(start).findIndex((byte) => byte === 0x0a || byte === 0x0d);
  const line = lineEnd === -1 ? bytes.subarray(start) : bytes.subarray(start, start + lineEnd);
  const bounds = new ValueBounds();
  const end = bounds.scan(line, 0);
  if (end === -1) {
    if (lineEnd === -1) return isEnd ? 'document' : undefined;
    // A string cannot go on in the next line: only this line is broken.
    return bounds.isInString ? 'ndjson' : 'document';
  }
  const rest = line.subarray(skipBlank(line, end));
  if (rest[0] === bytes[start]) return 'document';
  if (rest.length === 0 && lineEnd === -1 && !isEnd) return undefined;
  if (rest.length > 0 || keyOfArray(line.toString()) === undefined) return 'ndjson';
  // Records may have arrays of such names, too: only an object that stands alone is around records.
  if (skipBlank(bytes, start + line.length) < bytes.length) return 'ndjson';
  return isEnd ? 'document' : undefined;
}

function skipBlank(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && ' \t\r\n'.includes(String.fromCodePoint(bytes[at] ?? 0))) at += 1;
  return at;
}

/** The names that arrays of records have in the answers of services. */
const NAMES = new Set(['data', 'records', 'results', 'rows']);

/** Whether an array of this name holds records, whatever stands beside it. */
export function isNameOfRecords(key: string): boolean {
  return NAMES.has(key);
}

/**
 * The key of the member of an object that holds all records: its only member, or the only array of objects among
 * `data`, `records`, `results` and `rows`; undefined if there is none.
 */
export function keyOfArray(text: string): string | undefined {
  const object = parse(text);
  if (!isObject(object)) return undefined;
  const keys = Object.keys(object);
  const candidates = keys.length === 1 ? keys : keys.filter(isNameOfRecords);
  const [key, ...others] = candidates.filter((candidate) => holdsRecords(object[candidate], candidate));
  return others.length === 0 ? key : undefined;
}

function holdsRecords(value: unknown, key: string): boolean {
  return Array.isArray(value) && (isObject(value[0]) || (isNameOfRecords(key) && value.length === 0));
}
