import { gzipSync, zstdCompressSync } from 'node:zlib';

import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { countLines as sumOf } from './line-account.ts';
import { inputOf, readAll } from './test-input.ts';

const encode = {
  plain: (bytes: Buffer) => bytes,
  gzip: (bytes: Buffer) => gzipSync(bytes),
  zstd: (bytes: Buffer) => zstdCompressSync(bytes),
};

const writing = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  quotesAll: fc.boolean(),
  endsLastLine: fc.boolean(),
  byteOrderMark: fc.constantFrom('', '\uFEFF'),
  encoding: fc.constantFrom('plain', 'gzip', 'zstd'),
  pieceSizes: fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 300 })), { minLength: 1 }),
});

const cell = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', '1', '"', ',', ';', '\t', '|', '\n', '\r', ' ', '€', '😀', '{'),
    maxLength: 8,
  }),
  fc.string({ unit: 'binary', maxLength: 5 }).filter((text) => !text.includes('\0') && !text.includes('\uFEFF')),
);

/** Names that need no quotes, so that the first line is the header alone. */
const table = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.record({
    columns: fc.uniqueArray(fc.stringMatching(/^[a-zé_][a-z 0-9]{0,6}[a-z]$/), { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 30 }),
    blankLines: fc.array(fc.nat(3), { maxLength: 30 }),
  }),
);

const isBlank = (cells: readonly string[]) => cells.every((text) => text.trim() === '');
const countLines = (text: string) => text.split(/\r\n|\n|\r/).length - (/[\r\n]$/.test(text) ? 1 : 0);

test('any table that is written as CSV is read back, with the line of each row', async () => {
  const property = fc.asyncProperty(table, writing, async ({ columns, rows, blankLines }, how) => {
    const { delimiter, lineEnd, quotesAll } = how;
    let text = '';
    let line = 1;
    const write = (cells: readonly string[]) => {
      text += stringify([[...cells]], {
        delimiter,
        record_delimiter: lineEnd,
        quoted: quotesAll,
        quoted_match: /[\r\n]/,
      });
    };
    write(columns);
    const expected = rows.flatMap((cells, index) => {
      const blank = blankLines[index] ?? 0;
      text += lineEnd.repeat(blank);
      line += 1 + blank;
      const at = line;
      write(cells);
      line += cells.join('\0').match(/\r\n|\n|\r/g)?.length ?? 0;
      const fields = Object.fromEntries(columns.map((column, place) => [column, cells[place]]));
      return isBlank(cells) ? [] : [{ line: at, cells, fields }];
    });
    if (!how.endsLastLine) text = text.slice(0, -lineEnd.length);

    const input = await inputOf(encode[how.encoding](Buffer.from(how.byteOrderMark + text)), how.pieceSizes);
    expect(input).toMatchObject({ format: 'csv', columns, delimiter });
    const { rows: read, reason } = await readAll(input);
    expect(reason).toBeUndefined();
    expect(read.map(({ line: at, cells, fields }) => ({ line: at, cells, fields }))).toEqual(expected);
    expect(input.hasByteOrderMark).toBe(how.byteOrderMark !== '');
    expect(input.account).toMatchObject({ header: 1, records: expected.length });
    expect(sumOf(input.account)).toBe(countLines(text));
  });
  await fc.assert(property, { numRuns: 300 });
});

const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', '::'),
  quote: fc.constantFrom('"', "'"),
  escape: fc.constantFrom('"', "'", '\\', '^'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  quotesAll: fc.boolean(),
});

test('any table that is written in a dialect that the options name is read back whole', async () => {
  const quotes = ['a', ' ', '"', "'", '\\', '^', ',', ';', ':', '\n', '\r', '1'];
  const any = fc.string({ unit: fc.constantFrom(...quotes), maxLength: 6 });
  const property = fc.asyncProperty(
    fc.array(fc.array(any, { minLength: 3, maxLength: 3 }), { maxLength: 20 }),
    dialect,
    fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
    async (rows, { delimiter, quote, escape, lineEnd, quotesAll }, pieceSizes) => {
      const own = escape === '"' || escape === "'" ? quote : escape;
      const write = (text: string) =>
        quotesAll || /[\r\n"']/.test(text) || text.includes(delimiter.charAt(0)) || text.includes(own)
          ? quote + text.replaceAll(own, own + own).replaceAll(quote, own === quote ? quote : own + quote) + quote
          : text;
      const written = [['x', 'y', 'z'], ...rows].map((cells) => cells.map(write).join(delimiter) + lineEnd).join('');
      const format = { delimiter, quote, ...(own !== quote && { escape: own }) };
      const input = await inputOf(written, pieceSizes, format);
      const { rows: read, reason } = await readAll(input);
      expect(reason).toBeUndefined();
      expect(read.map(({ cells }) => cells)).toEqual(rows.filter((cells) => !isBlank(cells)));
      expect(sumOf(input.account)).toBe(countLines(written));
    },
  );
  await fc.assert(property, { numRuns: 500 });
});

test('without quotes every character of a line belongs to its cells', async () => {
  const any = fc.string({ unit: fc.constantFrom('a', '"', "'", '\\', ' ', ';', '2'), maxLength: 6 });
  const property = fc.asyncProperty(
    fc.array(fc.array(any, { minLength: 2, maxLength: 2 }), { maxLength: 20 }),
    async (rows) => {
      const written = [['x', 'y'], ...rows].map((cells) => `${cells.join(',')}\n`).join('');
      const { rows: read } = await readAll(inputOf(written, [7], { quote: 'none' }));
      expect(read.map(({ cells }) => cells)).toEqual(rows.filter((cells) => !isBlank(cells)));
    },
  );
  await fc.assert(property, { numRuns: 200 });
});

test('whatever the bytes, how they are cut changes neither the rows nor the error', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...['a,b\n', '"', '""', ',', ';', '\n', '\r', '\r\n', '{"a":1}', 'x', '€', '\uFEFF'].map((text) =>
        Buffer.from(text),
      ),
    ),
    fc.uint8Array({ maxLength: 2 }).map((bytes) => Buffer.from(bytes)),
  );
  const outcome = async (bytes: Buffer, sizes?: readonly number[]) =>
    inputOf(bytes, sizes).then(readAll, (error: Error) => error.message);
  const property = fc.asyncProperty(fc.array(piece, { maxLength: 60 }), writing, async (pieces, { pieceSizes }) => {
    const bytes = Buffer.concat(pieces);
    expect(await outcome(bytes, pieceSizes)).toEqual(await outcome(bytes));
  });
  await fc.assert(property, { numRuns: 1000 });
});
