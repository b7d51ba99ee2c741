import { gzipSync, zstdCompressSync } from 'node:zlib';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { inputOf, readAll } from './test-input.ts';

const encode = {
  'UTF-16LE': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16BE': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
};
const wrap = {
  plain: (bytes: Buffer) => bytes,
  gzip: (bytes: Buffer) => gzipSync(bytes),
  zstd: (bytes: Buffer) => zstdCompressSync(bytes),
};

const encoding = fc.constantFrom('UTF-16LE', 'UTF-16BE');
const compression = fc.constantFrom('plain', 'gzip', 'zstd');
const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
const text = fc.string({
  unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', '€', '😀', '名', '\uFEFF'),
  maxLength: 80,
});
const outcome = (bytes: Buffer, pieceSizes: readonly number[]) =>
  inputOf(bytes, pieceSizes).then(
    async (input) => ({ columns: input.columns, ...(await readAll(input)) }),
    (error: Error) => error.message,
  );

test('UTF-16 with a byte order mark is read as the same text in UTF-8', async () => {
  const property = fc.asyncProperty(text, encoding, compression, sizes, async (content, how, container, pieceSizes) => {
    const bytes = wrap[container](encode[how](content));
    expect(await outcome(bytes, pieceSizes)).toEqual(await outcome(Buffer.from(`\uFEFF${content}`), [1 << 16]));
  });
  await fc.assert(property, { numRuns: 500 });
});

test('JSON in UTF-16 is JSON', async () => {
  const input = await inputOf(encode['UTF-16LE']('[\n{"a":"😀"}]'), [3]);
  expect((await readAll(input)).rows).toMatchObject([{ line: 2, fields: { a: '😀' } }]);
});

const before = `a,b\r\n1,😀\r\n${'2,x\r\n'.repeat(150)}`;
test.each([
  ['half a character', `${before}3,\uD83D,\r\n4,5\r\n`, 0],
  ['the other half', `${before}3,\uDE00\r\n4,5\r\n`, 0],
  ['half a character at the end', `${before}3,\uD83D`, 0],
  ['an odd number of bytes', `${before}3,4`, 1],
])('%s stops it, after the rows before', async (_what, content, dropped) => {
  for (const how of ['UTF-16LE', 'UTF-16BE'] as const) {
    const bytes = encode[how](content);
    for (const size of [1, 2, 3, 7, 5000]) {
      const { rows, reason } = await readAll(inputOf(bytes.subarray(0, bytes.length - dropped), [size]));
      expect(reason).toBe(
        `f, line 153: the content is not valid ${how}, it has half a character: get the file again, or save it as UTF-8.`,
      );
      expect(rows).toHaveLength(151);
    }
  }
});
