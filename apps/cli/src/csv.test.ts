import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { fileSize, inBatches, readCsv, type CsvRow } from './csv.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trackly-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string): Promise<CsvRow[]> {
  const file = path.join(folder, 'f.csv');
  await writeFile(file, content);
  return Array.fromAsync(readCsv(file, { required: ['a', 'b'] }));
}

test('reads what spreadsheets write: byte order mark, CRLF, quotes, line breaks in values, empty lines', async () => {
  const content = '\uFEFFb,a\r\n1,2\r\n\r\n"x\r\ny","say ""hi"""\r\n';
  expect(await read(content)).toEqual([
    { fields: { b: '1', a: '2' }, line: 2, bytes: expect.any(Number) },
    { fields: { b: 'x\r\ny', a: 'say "hi"' }, line: expect.any(Number), bytes: Buffer.byteLength(content) },
  ]);
});

test('a header without rows is a file without rows', async () => {
  expect(await read('a,b\n')).toEqual([]);
});

test.each([
  ['', 'is empty'],
  ['a,c\n1,2\n', 'lacks the column b'],
  ['a,b,a\n1,2,3\n', 'has the column a twice'],
  ['a,b\n1,2\n3\n', 'f.csv, line 3: the row must have as many values'],
  ['a,b\n1,"2\n', 'opened at line 2 is never closed'],
  ['a,b\n1,2"2"\n', 'line 2: a quote inside a value must be doubled'],
])('%j is refused: %s', async (content, reason) => {
  await expect(read(content)).rejects.toThrow(reason);
});

test('a file that is not there, or a folder, is refused', async () => {
  await expect(fileSize(path.join(folder, 'none'))).rejects.toThrow('There is no file');
  await expect(fileSize(folder)).rejects.toThrow('is a folder');
});

test('batches are full but for the last', async () => {
  async function* items() {
    yield* [1, 2, 3, 4, 5];
  }
  expect(await Array.fromAsync(inBatches(items(), 2))).toEqual([[1, 2], [3, 4], [5]]);
});
