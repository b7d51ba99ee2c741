import { gzipSync, zstdCompressSync } from 'node:zlib';

import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';

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

test('any table that is written as CSV is read back, with the line of each row', async () => {
  const property = fc.asyncProperty(table, writing, async ({ columns, rows, blankLines }, how) => {
    const { delimiter, lineEnd, quotesAll } = how;
    let text: string = how.byteOrderMark;
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
    const expected = rows.map((cells, index) => {
      const blank = blankLines[index] ?? 0;
      text += lineEnd.repeat(blank);
      line += 1 + blank;
      const at = line;
      write(cells);
      line += cells.join('\0').match(/\r\n|\n|\r/g)?.length ?? 0;
      return { line: at, cells, fields: Object.fromEntries(columns.map((column, place) => [column, cells[place]])) };
    });
    if (!how.endsLastLine) text = text.slice(0, -lineEnd.length);

    const input = await inputOf(encode[how.encoding](Buffer.from(text)), how.pieceSizes);
    expect(input).toMatchObject({ format: 'csv', columns, delimiter });
    expect(await readAll(input)).toEqual({ rows: expected });
  });
  await fc.assert(property, { numRuns: 300 });
});

test('any objects that are written as NDJSON are read back, with the line of each', async () => {
  const object = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.jsonValue({ maxDepth: 1 }));
  const property = fc.asyncProperty(
    fc.array(object, { minLength: 1, maxLength: 150 }),
    writing,
    async (objects, how) => {
      const lines = objects.map((value) => JSON.stringify(value));
      const text = how.byteOrderMark + lines.join(how.lineEnd) + (how.endsLastLine ? how.lineEnd : '');
      const input = await inputOf(encode[how.encoding](Buffer.from(text)), how.pieceSizes);
      expect(input.format).toBe('ndjson');
      expect(new Set(input.columns)).toEqual(new Set(objects.slice(0, 100).flatMap((value) => Object.keys(value))));
      const { rows, reason } = await readAll(input);
      expect(reason).toBeUndefined();
      expect(rows).toEqual(lines.map((json, index) => ({ line: index + 1, cells: [json], fields: JSON.parse(json) })));
    },
  );
  await fc.assert(property, { numRuns: 100 });
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
