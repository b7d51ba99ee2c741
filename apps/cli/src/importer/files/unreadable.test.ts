import { Readable } from 'node:stream';

import { expect, test } from 'vitest';

import { inputOf, readAll } from './test-input.ts';
import { readInput } from './open-input.ts';

// What cannot be read on says where, after the rows before it.

const MIB = 1024 * 1024;

const remedy =
  'but probably Windows-1252: use iconv -f WINDOWS-1252 -t UTF-8 f | trackly import … - --name f, with the same options.';
test.each([
  ['latin-1', Buffer.from('a,b\n1,2\n3,é\n', 'latin1'), 1, `line 3: the content is not UTF-8, ${remedy}`],
  ['latin-1 with CR', Buffer.from('a,b\r1,2\r3,é\r', 'latin1'), 1, `line 3: the content is not UTF-8, ${remedy}`],
  [
    'half a character',
    Buffer.from('a,b\r\n1,2\r\n3,€').subarray(0, -1),
    1,
    'line 3: the content ends within a character, the file is cut off: get it again.',
  ],
  ['latin-1 at the end', Buffer.from('a,b\n1,2\n3,é', 'latin1'), 1, `line 3: the content is not UTF-8, ${remedy}`],
  ['a zero byte', Buffer.from('a,b\n1,2\n1,\0\n'), 1, 'line 3: the content is not text, it has a zero byte: '],
  ['latin-1 in NDJSON', Buffer.from('{"a":1}\n{"a":"é"}\n', 'latin1'), 0, 'line 2: the content is not UTF-8'],
])('%s', async (_what, bytes, count, expected) => {
  for (const size of [1, 2, 3, 1000]) {
    const { rows, reason } = await readAll(inputOf(bytes, [size]));
    expect(reason).toContain(`f, ${expected}`);
    expect(rows).toHaveLength(count);
  }
});

test('characters that are cut between pieces are text', async () => {
  const { rows } = await readAll(inputOf('a,b\n€,😀\n', [1]));
  expect(rows).toEqual([{ line: 2, cells: ['€', '😀'], fields: { a: '€', b: '😀' } }]);
});

const tooLong = 'the row that begins here is longer than 1 MiB: is a quote in it never closed?';
test.each([
  ['a value', `a,b\n1,2\n3,${'x'.repeat(MIB)}\n`, 1, `line 3: ${tooLong}`],
  ['only delimiters', `a,b\n1,2\n${','.repeat(MIB + 1)}`, 1, `line 3: ${tooLong}`],
  ['lines in a quote', `a,b\n1,2\n"${'x\n'.repeat(MIB)}`, 1, `line 3: ${tooLong}`],
  ['a long line in a quote', `a,b\n1,2\n"x\n${'x'.repeat(2 * MIB)}`, 1, `line 3: ${tooLong}`],
  ['zeros', `a,b\n1,2\n${'\0'.repeat(MIB + 1)}`, 1, 'line 3: the content is not text'],
  [
    'a line of NDJSON',
    `{"a":1}\n${'x'.repeat(MIB + 1)}`,
    0,
    'line 2: the line is longer than 1 MiB, which no record is: ',
  ],
  ['a header', 'x'.repeat(MIB + 1), 0, 'line 1: the line is longer than 1 MiB'],
])('more than 1 MiB: %s', async (_what, content, count, expected) => {
  for (const size of [4096, 64 * 1024, 8 * MIB]) {
    const { rows, reason } = await readAll(inputOf(content, [size]));
    expect(reason).toContain(`f, ${expected}`);
    expect(rows).toHaveLength(count);
  }
});

test('a line of 1 MiB is read', async () => {
  const { rows, reason } = await readAll(inputOf(`a,b\n1,${'x'.repeat(MIB - 2)}\n`));
  expect([rows.length, reason]).toEqual([1, undefined]);
});

test.each([
  ['a row', 'a,b\n1,"', 'x', 2],
  ['a row of many lines', 'a,b\n1,"', 'x\n', 2],
  ['a header of many lines', 'a,"', 'x\n', 1],
])('no more is read of %s without end than it takes to see that', async (_what, start, more, line) => {
  let pieces = 0;
  function* large() {
    yield Buffer.from(start);
    for (; pieces < 200; pieces += 1) yield Buffer.alloc(64 * 1024, more);
  }
  const stream = Readable.from(large());
  const { reason } = await readAll(readInput({ name: 'f', totalBytes: undefined, stream }));
  expect(reason).toBe(`f, line ${line}: ${tooLong}`);
  expect(pieces).toBeLessThan(40);
  expect(stream.destroyed).toBe(true);
});

test('an error of the disk', async () => {
  async function* failing() {
    yield Buffer.from('a,b\n1,2\n3');
    throw new Error('EIO: i/o error, read');
  }
  const input = readInput({ name: 'f', totalBytes: 9, stream: Readable.from(failing()) });
  const { rows, reason } = await readAll(input);
  expect(reason).toBe('f cannot be read: EIO: i/o error, read.');
  expect(rows).toHaveLength(1);
});
