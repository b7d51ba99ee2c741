import { gzipSync } from 'node:zlib';

import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { countLines } from '../line-account.ts';
import { inputOf, readAll } from '../test-input.ts';
import { digitsOf } from './number.ts';

/** A number as a file writes it. */
class Written {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | boolean | null | Written | Value[] | { [key: string]: Value };
type Fields = Record<string, Value>;

const numberText = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
  fc.stringMatching(/^-?(0|[1-9]\d{0,17})(\.\d{1,12})?([eE][+-]?\d{1,2})?$/),
);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('":1.0,', '\\":1e5', '{', '[', ']}', '\n', '\r', ' : 1.50}', '\\', 'a.b', '\u2028'),
);
/** JSON.parse of Node 24.21 can take an escape in a key for a backslash, if an object before had a key with one. */
const key = text.filter((name) => !name.includes('\\'));
const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.boolean(),
    fc.constant(null),
    numberText.map((digits) => new Written(digits)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
}));
/** The key `id` keeps a record from being taken for an object around the records. */
const record = fc
  .dictionary(key, anyValue, { maxKeys: 5 })
  .map((fields): Fields => ({ ...fields, id: new Written('1'), ix: 'x' }));

/** Writes JSON with white space around everything, or without any. */
function write(value: Value, space: string, end: string): string {
  const gap = space === '' ? '' : `${end}${space}`;
  if (value instanceof Written) return value.text;
  if (Array.isArray(value)) return `[${gap}${value.map((item) => write(item, space, end)).join(`,${gap}`)}${gap}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}${space}:${space}${write(item, space, end)}`,
  );
  return `{${gap}${members.join(`,${gap}`)}${gap}}`;
}

function plain(digits: string): string {
  return /e/i.test(digits) ? new Decimal(digits).toFixed() : digits;
}

/** The values that have a name, by it; the deeper ones after the others. */
function named(fields: Fields): Map<string, Value> {
  const found = new Map(Object.entries(fields));
  const visit = (object: Fields, prefix: string) => {
    for (const [own, value] of Object.entries(object)) {
      const name = prefix + own;
      if (isFields(value)) visit(value, `${name}.`);
      else if (prefix !== '' && !found.has(name)) found.set(name, value);
    }
  };
  visit(fields, '');
  return found;
}

function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Written);
}

const FORMS = {
  ndjson: (records: readonly string[], end: string) => records.map((json) => json + end).join(''),
  array: (records: readonly string[], end: string) => `[${end}${records.join(`,${end}`)}${end}]${end}`,
  line: (records: readonly string[]) => `[${records.join(',')}]`,
  records: (records: readonly string[], end: string) => `{"next":null,${end}"records":[${records.join(', ')}],"n":1}`,
  sole: (records: readonly string[], end: string) => `{"data" : [${records.join(`,${end}${end}`)}${end}]}${end}`,
  concatenated: (records: readonly string[], end: string) => records.join(end),
};

const form = fc.constantFrom('ndjson', 'array', 'line', 'records', 'sole', 'concatenated');
const space = fc.constantFrom('', ' ', '\t', '    ');
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 300 })), { minLength: 1 });
const mark = fc.constantFrom('', '\uFEFF');

test('any objects are read back from each form of JSON, to the last digit, with their lines', async () => {
  const records = fc.array(record, { minLength: 1, maxLength: 20 });
  const property = fc.asyncProperty(
    ...([records, form, space, lineEnd, mark, sizes, fc.boolean()] as const),
    async (values, how, indent, end, byteOrderMark, pieceSizes, isCompressed) => {
      // NDJSON has each object on a line of its own.
      const isSpread = how !== 'ndjson' && indent !== '';
      const written = values.map((fields) => write(fields, isSpread ? indent : '', end));
      const content = byteOrderMark + FORMS[how](written, end);
      const bytes = isCompressed ? gzipSync(content) : Buffer.from(content);

      const input = await inputOf(bytes, pieceSizes);
      const { rows, reason } = await readAll(input);
      expect(reason).toBeUndefined();
      expect(rows.map(({ cells }) => cells)).toEqual(
        written.map((json) => [json.replaceAll(/[ \t]*[\r\n][ \t\r\n]*/g, ' ')]),
      );
      for (const [index, { fields, line, problem }] of rows.entries()) {
        expect(problem).toBeUndefined();
        const expected = named(values[index] ?? {});
        const got = [...expected].map(([name, value]) => [name, shown(value, fields[name])]);
        expect(got).toEqual([...expected].map(([name, value]) => [name, shown(value, value)]));
        const before = content.slice(0, placeOf(content, written, index));
        expect(line).toBe(1 + linesOf(before));
      }
      const { account } = input;
      expect(countLines(account)).toBe(linesOf(content) + (/[\r\n]$/.test(content) ? 0 : 1));
      const own = rows.reduce((sum, { lines = 1 }) => sum + lines, 0);
      expect(own).toBe(account.records + account.continuation);
    },
  );
  await fc.assert(property, { numRuns: 400 });
});

/** What to compare of a value: numbers by their digits, objects by their type. */
function shown(expected: Value, value: unknown): unknown {
  if (expected instanceof Written) return value instanceof Written ? plain(value.text) : digitsOf(value);
  return typeof value === 'object' && value !== null ? 'object' : value;
}

/** Where a record begins in the content. */
function placeOf(content: string, written: readonly string[], index: number): number {
  return written.slice(0, index + 1).reduce((from, json) => content.indexOf(json, from + 1), -1);
}

function linesOf(content: string): number {
  return content.match(/\r\n|\n|\r/g)?.length ?? 0;
}
