import { Readable } from 'node:stream';

import { describe, expect, test } from 'vitest';

import { readInput } from '../open-input.ts';
import { emptyAccount } from '../line-account.ts';
import { inputOf, readAll } from '../test-input.ts';
import { digitsOf } from './number.ts';

const MIB = 1024 * 1024;
const one = '{"a":1,"b":2}';

/** Reads in pieces of several sizes, which must make no difference. */
async function read(content: string | Buffer) {
  const result = await readOnce(content, 64 * 1024);
  for (const size of [1, 2, 7]) expect(await readOnce(content, size)).toEqual(result);
  return result;
}

async function readOnce(content: string | Buffer, size: number) {
  const input = await inputOf(content, [size]);
  return { columns: input.columns, account: input.account, ...(await readAll(input)) };
}

describe('the forms of JSON', () => {
  test.each([
    ['an object a line', `${one}\n${one}\n`, [1, 2]],
    ['blank lines', `\n  \n${one}\n\n${one}`, [3, 5]],
    ['an array on a line', `[${one},${one}]`, [1, 1]],
    ['an array with an item a line', `[\n${one},\n${one}\n]\n`, [2, 3]],
    ['an array with leading commas', `[ ${one}\r\n, ${one}\r\n]`, [1, 2]],
    ['a pretty-printed array', JSON.stringify([JSON.parse(one), JSON.parse(one)], null, 2), [2, 6]],
    ['records', `{"records":[${one},${one}]}`, [1, 1]],
    ['records beside others', `{"next":null,"n":[1,{}],\n"records":[${one},\n${one}],"x":{"y":"]"}}`, [2, 3]],
    ['an array under any name', `{"orders":\n[\n${one},${one}]\n}`, [3, 3]],
    ['the answer of a service', `{"object":"list","has_more":false,"data":[${one},${one}],"errors":[]}`, [1, 1]],
    ['an answer with other objects', `{"rows":[${one},\n${one}],"included":[{"x":1}]}\n\n`, [1, 2]],
    [
      'pretty-printed objects',
      `${JSON.stringify(JSON.parse(one), null, 2)}\n${JSON.stringify(JSON.parse(one), null, 2)}\n`,
      [1, 5],
    ],
    ['objects one after the other', `${one}${one}`, [1, 1]],
    ['objects with a space between them', `${one} ${one}`, [1, 1]],
    ['an object spread out', `{"a":1\n,"b":2}\n${one}`, [1, 3]],
  ])('%s', async (_what, content, lines) => {
    const { rows, reason, columns } = await read(content);
    expect(reason).toBeUndefined();
    expect(rows.map(({ line }) => line)).toEqual(lines);
    for (const { fields } of rows) expect(fields).toEqual({ a: 1, b: 2 });
    expect(columns).toEqual(['a', 'b']);
  });

  test.each([
    ['an empty array', '[]'],
    ['an empty array over lines', '[\n]\n'],
    ['no records', '{"records":[]}'],
  ])('%s has no rows', async (_what, content) => {
    expect(await read(content)).toMatchObject({ rows: [], columns: [] });
  });

  test.each(['[Order ID],[Amount]\n1,2\n', '[\nx,y\n1,2\n', 'a,{b}\n1,2\n'])('%j is CSV', async (content) => {
    expect(await inputOf(content, [1])).toMatchObject({ format: 'csv' });
  });

  test('an object of one record is a record if it has other fields, too', async () => {
    const items = '{"message_id":"m","items":[{"a":1}]}';
    expect((await read(items)).columns).toEqual(['message_id', 'items']);
    const data = '{"message_id":"m","data":[{"a":1}]}';
    expect((await read(`${data}\n${data}`)).columns).toEqual(['message_id', 'data']);
    expect((await read(JSON.stringify(JSON.parse(items), null, 1))).columns).toEqual(['message_id', 'items']);
  });

  test('what is no object in an array is a problem of its own', async () => {
    const { rows, reason } = await read(`[${one}, 5, "x,]", [1], null, ${one}]`);
    expect(reason).toBeUndefined();
    expect(rows.map(({ problem }) => problem ?? 'fine')).toEqual([
      'fine',
      ...Array.from({ length: 4 }, () => 'The item is not a JSON object.'),
      'fine',
    ]);
    expect(rows.map(({ cells }) => cells[0])).toEqual([one, '5', '"x,]"', '[1]', 'null', one]);
  });

  test('a broken line of NDJSON is a problem of its own, even the first', async () => {
    const { rows } = await read(`{"a":"x\n${one}\n{"a":1,}\n${one} x\n${one}`);
    expect(rows.map(({ line, problem }) => [line, problem === undefined])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, false],
      [5, true],
    ]);
  });
});

const cutOff = 'the JSON ends too early, the file is cut off: get it again.';
test.each([
  ['an array that is cut off', `[${one},\n${one}`, `line 2: ${cutOff}`],
  ['an array that is cut off after a comma', `[${one},`, `line 1: ${cutOff}`],
  ['an item that is cut off', `[${one},\n{"a":1,\n"b`, `line 3: ${cutOff}`],
  ['an object around that is cut off', `{"records":[${one}]\n`, `line 2: ${cutOff}`],
  ['an object that is cut off', `{\n"a":1`, `line 2: ${cutOff}`],
  ['an opening bracket', `[{`, `line 1: ${cutOff}`],
  ['a broken item', `[${one},\n{"a":1,\n"b":x}]`, 'the JSON is broken (Unexpected token'],
  ['a broken object', `{\n"a":1,\n}\n${one}`, 'the JSON is broken (Expected'],
  ['a missing comma', `[${one}\n${one}]`, 'line 2: the JSON is broken (expected a comma or "]", not {), and'],
  ['a comma too many', `[${one},\n]`, 'line 2: the JSON is broken (expected an object, not ])'],
  ['a word', `[${one},nonsense]`, 'line 1: the JSON is broken (Unexpected token'],
  ['two arrays', `[${one}]\n[${one}]`, 'line 2: after the end of the records comes [: '],
  ['text after the array', `[${one}]\nthe end`, 'line 2: after the end of the records comes t: '],
  [
    'two objects around',
    `{"records":[\n${one}]}\n{"records":[${one}]}`,
    'line 3: after the end of the records comes {: ',
  ],
  [
    'records twice',
    `{"records":[${one}],\n"records":[${one}]}`,
    'line 2: beside the array "records", whose records were read, there is the array "records"',
  ],
  ['an array after objects', `{\n"a":1}\n[${one}]`, 'line 3: the JSON is broken (expected an object, not [)'],
  ['text after objects', `{\n"a":1}\nthe end`, 'line 3: the JSON is broken (expected an object, not t)'],
  [
    'a control character',
    `[${one}\u0001]`,
    'line 1: the JSON is broken (expected a comma or "]", not what is no JSON)',
  ],
  ['latin-1', Buffer.from(`[${one},\n{"a":\n"é"}]`, 'latin1'), 'line 3: the content is not UTF-8'],
])('%s is refused', async (_what, content, expected) => {
  for (const size of [1, 2, 7, 1000]) {
    const refused = readOnce(content, size);
    await expect(refused).rejects.toThrow(expected);
    await expect(refused).rejects.toThrow(/^f, line \d+: [^\n]*\.$/);
  }
});

test('what is broken later stops it, after the rows before', async () => {
  const { rows, reason } = await read(`[\n${`${one},\n`.repeat(150)}{"a":1\n"b"}]`);
  expect(rows).toHaveLength(150);
  expect(reason).toBe(
    `f, line 153: the JSON is broken (Expected ',' or '}' after property value), and cannot be read on: correct it.`,
  );
});

test.each([
  ['a record', `[${one},\n{"a":"${'x'.repeat(MIB)}"}]`, 'line 2: the value that begins here is longer than 1 MiB'],
  ['an item', `[\n"${'x'.repeat(MIB)}`, 'line 2: the value that begins here is longer than 1 MiB'],
  ['an object', `{\n"a":"${'x'.repeat(MIB)}"}`, 'line 2: the value that begins here is longer than 1 MiB'],
  ['a member', `{"x":"${'x'.repeat(MIB)}","records":[${one}]}`, 'line 1: the value that begins here is longer'],
])('more than 1 MiB: %s', async (_what, content, expected) => {
  for (const size of [4096, 8 * MIB]) await expect(readOnce(content, size)).rejects.toThrow(`f, ${expected}`);
});

test.each([
  ['an array', '[', ']'],
  ['records', '{"n":1,"records":[', ']}'],
  ['an array under any name', '{"orders":[', ']}'],
])('%s far longer than what fits into memory at once is streamed', async (_what, start, end) => {
  const items = 300_000;
  let pieces = 0;
  function* large() {
    yield Buffer.from(start + one);
    for (; pieces < items / 1000; pieces += 1) yield Buffer.from(`,${one}`.repeat(1000));
    yield Buffer.from(end);
  }
  const input = await readInput({ name: 'f', totalBytes: undefined, stream: Readable.from(large()) });
  // The form is known after 1 MiB.
  expect(pieces).toBeLessThan(200);
  let sum = 0;
  for await (const { fields } of input.rows) sum += Number(fields['b']);
  expect(sum).toBe(2 * (items + 1));
});

describe('an object around a long array', () => {
  const many = `[${`${one},`.repeat(100_000)}${one}]`;

  test.each([
    ['its first member', `{"orders":${many},"n":1,"x":[1]}`],
    ['a member with a name of records', `{"object":"list","x":[{}],"data":${many},"n":[{}]}`],
  ])('is read if it is %s', async (_what, content) => {
    const { rows, reason } = await readAll(inputOf(content));
    expect(reason).toBeUndefined();
    expect(rows).toHaveLength(100_001);
  });

  test.each([
    [
      `{"orders":${many},"refunds":[{}]}`,
      'beside the array "orders", whose records were read, there is the array "refunds"',
    ],
    [`{"data":${many},"rows":[{}]}`, 'beside the array "data", whose records were read, there is the array "rows"'],
    [
      `{"n":1,"orders":${many}}`,
      "is longer than 1 MiB, which no record is: write one object per line, for instance with jq -c '.orders[]'.",
    ],
  ])('stops if another may hold the records', async (content, expected) => {
    expect((await readAll(inputOf(content))).reason).toContain(expected);
  });
});

describe('values', () => {
  test.each([
    ['42', '42'],
    ['1234567890.12345678901', '1234567890.12345678901'],
    ['12345678901234567890', '12345678901234567890'],
    ['24.90', '24.90'],
    ['1.0', '1.0'],
    ['-0', '-0'],
    ['0.0000001', '0.0000001'],
    ['1e3', '1000'],
    ['1.25E-3', '0.00125'],
    ['-1.5e+1', '-15'],
    ['1e21', '1000000000000000000000'],
    ['1e999', '1e999'],
    ['1E-999999999', '1E-999999999'],
  ])('the number %s is %s', async (number, digits) => {
    for (const json of [`{"n":${number}}`, `{"n" : ${number} }`, `{"x":"\\"n\\":5.0","n":\t${number}}`]) {
      const { rows } = await read(json);
      expect(digitsOf(rows[0]?.fields['n'])).toBe(digits);
    }
  });

  test('of a key that is there twice the last counts, as for the API', async () => {
    const { rows } = await read('{"a":1.50,"a":2.50}');
    expect(digitsOf(rows[0]?.fields['a'])).toBe('2.50');
  });

  test('that are nested have the names of both, unless a field has that name', async () => {
    const { rows, columns } = await read(
      '{"p":{"revenue":1.50,"q":{"x":"y"},"list":[1]},"p.q.x":"own","e":{},"__proto__":{"z":1}}',
    );
    expect(columns).toEqual(['p.q.x', 'e', 'p.revenue', 'p.list', '__proto__.z']);
    expect(rows[0]?.fields).toMatchObject({ 'p.q.x': 'own', 'p.list': [1], '__proto__.z': 1 });
    expect(digitsOf(rows[0]?.fields['p.revenue'])).toBe('1.50');
  });

  test('that are nested without end are no danger', async () => {
    const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
    const { rows } = await readAll(
      inputOf(`${deep('{"a":', '').slice(0, -4)}1${'}'.repeat(100_000)}`.replace('{1', '{"a":1')),
    );
    expect(rows).toHaveLength(1);
    expect((await readAll(inputOf(`{"a":${deep('[', ']')}}`))).rows[0]?.problem).toBeUndefined();
  });
});

test.each([
  ['NDJSON', `\n${one}\nx\n\n${one}\n`, { records: 3, blank: 2 }],
  ['an array', `[\n${one},\n\n${one}\n]\n\n`, { records: 2, blank: 2, structure: 2 }],
  ['an array on a line', `[${one},${one}]`, { records: 1 }],
  ['a pretty-printed array', '[\n{\n"a":1\n},{\n"a":2\n}\n]', { records: 1, continuation: 4, structure: 2 }],
  ['records', `{"next":\n"x","records":[\n${one}\n]\n,"y":[1,\n2]}`, { records: 1, structure: 5 }],
])('the lines of %s are accounted for', async (_what, content, expected) => {
  const none = emptyAccount();
  expect((await read(content)).account).toEqual({ ...none, ...expected });
});
