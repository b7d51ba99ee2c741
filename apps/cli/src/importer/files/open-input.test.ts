import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { inputOf, readAll } from './test-input.ts';
import { openInput, readInput } from './open-input.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trackly-input-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('CSV', () => {
  test('is read as spreadsheets write it: byte order mark, quotes, line breaks in values, blank lines', async () => {
    const input = await inputOf('\uFEFF\r\n b ;a\r\n1;2\r\n\r\n  \r\n"x\r\ny";"say ""hi"""\r\n5" pipe;"3;4"');
    expect(input).toMatchObject({ format: 'csv', delimiter: ';', columns: ['b', 'a'] });
    expect(await readAll(input)).toEqual({
      rows: [
        { line: 3, cells: ['1', '2'], fields: { b: '1', a: '2' } },
        { line: 6, cells: ['x\r\ny', 'say "hi"'], fields: { b: 'x\r\ny', a: 'say "hi"' } },
        { line: 8, cells: ['5" pipe', '3;4'], fields: { b: '5" pipe', a: '3;4' } },
      ],
    });
  });

  test.each(['\n', '\r\n', '\r'])('lines are counted when they end with %j', async (end) => {
    const content = ['a,b', '1,"x', 'y', 'z"', '', '2,3'].join(end);
    for (const size of [1, 2, 3, 100]) {
      const { rows } = await readAll(inputOf(content, [size]));
      expect(rows.map(({ line, fields }) => [line, fields['b']])).toEqual([
        [2, ['x', 'y', 'z'].join(end)],
        [6, '3'],
      ]);
    }
  });

  test('a row that is too short or too long is a problem, and those after it are read', async () => {
    const { rows } = await readAll(inputOf('a,b\n1\n1,2,3\n1,2\n'));
    expect(rows).toEqual([
      {
        line: 2,
        cells: ['1'],
        fields: { a: '1' },
        problem: 'The row has 1 value; the first line names 2 columns.',
        lacks: ['b'],
      },
      {
        line: 3,
        cells: ['1', '2', '3'],
        fields: { a: '1', b: '2' },
        problem: 'The row has 3 values; the first line names 2 columns.',
      },
      { line: 4, cells: ['1', '2'], fields: { a: '1', b: '2' } },
    ]);
  });

  test('empty cells beyond the columns are no problem, and rows of empty cells are blank', async () => {
    const input = await inputOf('a,b\n1,2,\n1,2,, \n,\n , ,\n3,4\n');
    const { rows } = await readAll(input);
    expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
      [2, undefined],
      [3, undefined],
      [6, undefined],
    ]);
    expect(input.account).toMatchObject({ header: 1, records: 3, blank: 2 });
  });

  test('a line that names the columns again is counted, also with a byte order mark', async () => {
    const input = await inputOf('a, b\n1,2\na,b\n\uFEFFa,b\n3,4\n');
    expect((await readAll(input)).rows.map(({ line }) => line)).toEqual([2, 5]);
    expect(input.account).toMatchObject({ header: 1, records: 2, repeated: 2 });
  });

  test('the line sep= names the delimiter and is skipped', async () => {
    for (const line of ['sep=;', 'SEP=;\r', '"sep=;"']) {
      const input = await inputOf(`${line}\nx,a;b\n1;2\n`);
      expect(input).toMatchObject({ delimiter: ';', columns: ['x,a', 'b'] });
      expect((await readAll(input)).rows.map(({ line: at }) => at)).toEqual([3]);
      expect(input.account).toMatchObject({ skipped: 1, header: 1, records: 1 });
    }
  });

  test('lines at the beginning can be left out, from more than one piece', async () => {
    for (const size of [1, 4, 1000]) {
      const input = await inputOf('Report;x\r\n\r\n"open\r\na;b\r\n1;2\r\n', [size], { skip_lines: 3 });
      expect(input).toMatchObject({ delimiter: ';', columns: ['a', 'b'] });
      expect((await readAll(input)).rows.map(({ line }) => line)).toEqual([5]);
      expect(input.account).toMatchObject({ skipped: 3, header: 1, records: 1, blank: 0 });
    }
    await expect(inputOf('a\nb\n', [100], { skip_lines: 9 })).rejects.toThrow('f is empty');
  });

  test('text that Excel has written as a formula is unwrapped', async () => {
    const { rows } = await readAll(inputOf('a,b\n="00123","=""7"""\n="",=1\n'));
    expect(rows.map(({ fields }) => fields)).toEqual([
      { a: '00123', b: '7' },
      { a: '', b: '=1' },
    ]);
  });

  test.each([
    ['"27" monitor",2', ['27" monitor', '2']],
    ['5" pipe,2', ['5" pipe', '2']],
    ['"a" ,"b"  ', ['a', 'b']],
    [String.raw`"C:\dir\",2`, ['C:\\dir\\', '2']],
    ['"",""""', ['', '"']],
    [' "a",b', [' "a"', 'b']],
  ])('the quotes of %j are read as they are meant', async (row, cells) => {
    const { rows } = await readAll(inputOf(`x,y\n${row}\n`));
    expect(rows.map((read) => read.cells)).toEqual([cells]);
  });

  test('an escape character stands before quotes and before itself', async () => {
    const written = String.raw`x,y${'\n'}"a\"b","c\\"${'\n'}\,"\n"${'\n'}`;
    const { rows } = await readAll(inputOf(written, [3], { escape: '\\' }));
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['a"b', 'c\\'],
      ['\\', String.raw`\n`],
    ]);
  });

  test('with an escape character, a quote without one ends reading', async () => {
    const { rows, reason } = await readAll(inputOf('x,y\n1,2\n"a""b",2\n', [100], { escape: '\\' }));
    expect(rows).toHaveLength(1);
    expect(reason).toBe(
      'f, line 3: a quote within a cell of the row that begins here has no \\ before it: add one, or leave out --escape ' +
        'if the file doubles its quotes.',
    );
  });

  test('of a column that is there twice the first counts', async () => {
    const input = await inputOf('a,b,a\n1,2,3\n');
    expect(input.columns).toEqual(['a', 'b', 'a']);
    expect((await readAll(input)).rows).toEqual([{ line: 2, cells: ['1', '2', '3'], fields: { a: '1', b: '2' } }]);
  });

  test.each(['a,b', 'a,b\n', 'a,b\r\n\r\n'])('%j is a header without rows', async (content) => {
    const input = await inputOf(content, [1]);
    expect(input.columns).toEqual(['a', 'b']);
    expect(await readAll(input)).toEqual({ rows: [] });
  });

  test.each(['', '\uFEFF', '\n \r\n'])('%j is empty', async (content) => {
    await expect(inputOf(content)).rejects.toThrow('f is empty: its first line must name the columns.');
  });

  test.each([
    ['a,b\n1,"2\n3', 2],
    ['a,b\n"x\ny",2\n3,"4\n5,6\n', 4],
    ['a,"b\n1,2\n', 1],
  ])('%j has a quote that is never closed', async (content, line) => {
    const { reason } = await readAll(inputOf(content));
    expect(reason).toMatch(new RegExp(`^f, line ${line}: a quote in the row that begins here is never closed\\. `));
  });
});

describe('NDJSON', () => {
  test('is a JSON object on each line, with any line end', async () => {
    const input = await inputOf(
      '\uFEFF\n {"a":1,"b":"x"}\r\n\r\n{"c":null}\rnonsense\n[1]\nnull\n{"__proto__":1}',
      [3],
    );
    expect(input).toMatchObject({ format: 'ndjson', columns: ['a', 'b', 'c', '__proto__'] });
    const problem = 'The line is not a JSON object.';
    expect((await readAll(input)).rows).toEqual([
      { line: 2, cells: [' {"a":1,"b":"x"}'], fields: { a: 1, b: 'x' } },
      { line: 4, cells: ['{"c":null}'], fields: { c: null } },
      { line: 5, cells: ['nonsense'], fields: {}, problem },
      { line: 6, cells: ['[1]'], fields: {}, problem },
      { line: 7, cells: ['null'], fields: {}, problem },
      { line: 8, cells: ['{"__proto__":1}'], fields: JSON.parse('{"__proto__":1}') },
    ]);
  });

  test('has the columns of its first hundred lines', async () => {
    const lines = Array.from({ length: 150 }, (_value, index) => JSON.stringify({ [`c${index}`]: index }));
    for (const size of [10, 10_000]) {
      const input = await inputOf(lines.join('\n'), [size]);
      expect(input.columns).toHaveLength(100);
      expect((await readAll(input)).rows).toHaveLength(150);
    }
  });
});

describe('Files', () => {
  test('have a size, and say how much of it is read', async () => {
    const file = path.join(folder, 'f.csv');
    const bytes = gzipSync('a,b\n1,2\n');
    await writeFile(file, bytes);
    const input = await openInput(file);
    expect(input).toMatchObject({ name: file, totalBytes: bytes.length });
    expect((await readAll(input)).rows).toHaveLength(1);
    expect(input.bytesRead()).toBe(bytes.length);
  });

  test('that are not there, and folders, are refused', async () => {
    const none = path.join(folder, 'none.csv');
    await expect(openInput(none)).rejects.toThrow(`There is no file ${none}: check its name.`);
    await expect(openInput(folder)).rejects.toThrow(`${folder} is a folder: give a file.`);
  });

  test('an empty device is an empty file', async () => {
    await expect(openInput('/dev/null')).rejects.toThrow('/dev/null is empty');
  });

  test('standard input is read to its end, and has no size', async () => {
    const script = `
      import { openInput } from ${JSON.stringify(new URL('open-input.ts', import.meta.url).href)};
      const { name, totalBytes, columns, rows } = await openInput('-');
      const lines = await Array.fromAsync(rows, ({ line }) => line);
      console.log(JSON.stringify([name, totalBytes ?? 'no size', columns, lines]));`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
    child.stdin.end(gzipSync('a,b\n1,2\n'));
    expect(JSON.parse(await text(child.stdout))).toEqual(['standard input', 'no size', ['a', 'b'], [2]]);
  });
});

describe('Stopping', () => {
  const rows = `a,b\n${'1,2\n'.repeat(100_000)}`;
  const source = () => ({
    name: 'f',
    totalBytes: undefined,
    stream: Readable.from([Buffer.from(rows), Buffer.from(rows)]),
  });

  test('breaking out of the loop releases the stream', async () => {
    const { stream, ...rest } = source();
    for await (const row of (await readInput({ ...rest, stream })).rows) if (row.line === 3) break;
    expect(stream.destroyed).toBe(true);
  });

  test('closing releases it too, and ends the rows', async () => {
    const { stream, ...rest } = source();
    const input = await readInput({ ...rest, stream });
    let read = 0;
    for await (const row of input.rows) {
      read += 1;
      if (row.line === 10) input.close();
    }
    expect(read).toBe(9);
    expect(stream.destroyed).toBe(true);
  });

  test.each([
    ['plain', (content: string) => Buffer.from(content)],
    ['compressed', (content: string) => gzipSync(content).subarray(0, -4)],
  ])('closing ends rows that wait for more: %s', async (_what, encode) => {
    const stream = new Readable({ read: () => undefined });
    // Blank lines, since the parser holds back the last line it has.
    stream.push(encode('a,b\n\n\n\n1,'));
    const input = await readInput({ name: 'f', totalBytes: undefined, stream });
    const reading = readAll(input);
    setImmediate(() => input.close());
    expect(await reading).toEqual({ rows: [] });
  });

  test('an input that nobody reads can be closed, and one that is refused is', async () => {
    const { stream, ...rest } = source();
    (await readInput({ ...rest, stream })).close();
    expect(stream.destroyed).toBe(true);
    const empty = Readable.from([]);
    await expect(readInput({ name: 'f', totalBytes: 0, stream: empty })).rejects.toThrow('f is empty');
    expect(empty.destroyed).toBe(true);
  });
});
