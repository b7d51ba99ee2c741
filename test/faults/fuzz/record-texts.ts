import fc from 'fast-check';

import type { Endpoint, Member } from './endpoints.ts';

const OTHER_KEYS = ['records', '__proto__', 'constructor', 'prototype', 'toString', 'length', '', '0', 'RECORDS'];

/** JSON text and not values, for JSON.stringify writes neither 1e309, nor -0, nor a key twice. */
const STRANGE_TEXTS = [
  ['null', 'true', 'false', '0', '-0', '-1', '5e-324', '1e-7', '1e308', '1e309', '-1e309', '1E400', '0.00005', '9'],
  ['9999999999.9999', '9999999999.99995', '10000000000', '9007199254740993', '9'.repeat(400), `0.${'0'.repeat(400)}1`],
  [
    '"24.99"',
    '"1e3"',
    '"NaN"',
    '"Infinity"',
    '"-1"',
    '" 1"',
    '"1."',
    '".5"',
    '"0x10"',
    '"１２"',
    `"${'9'.repeat(400)}"`,
  ],
  [
    '""',
    '" "',
    '"\\t"',
    '"\\u00a0"',
    '"\\ufeff"',
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ud800"',
    '"\\udc00x"',
    '"\\ud83d\\ude00"',
  ],
  ['"\u2028"', '"\\"; DROP TABLE imports; --"', '"%s%n"', '"${7*7}"', '"\\\\x00"', '"\\u202e"', '"😀😀"', '"é"'],
  ['{}', '[]', '[[]]', '[null]', '{"a":{"b":[1]}}', '{"length":1}', '{"__proto__":null}', '{"toString":1,"valueOf":2}'],
  ['{"constructor":{"prototype":{"polluted":true}}}', '{"__proto__":{"polluted":true}}', '{"$ref":"#"}', '[1,2,3]'],
  ['"2024-02-30"', '"2023-02-29"', '"2024-13-01"', '"0000-00-00"', '"9999-12-31"', '"10000-01-01"', '"+275760-09-13"'],
  ['"1970-01-01"', '"1969-12-31T23:59:59Z"', '"1970-01-01T00:00:00+23:59"', '"2024-01-01T24:00:00Z"', '"2024-W01-1"'],
  [
    '"2024-01-01T00:00:60Z"',
    '"2024-01-01T00:00:00.1234567891Z"',
    '"2024-01-01t00:00:00z"',
    '"2024-01-01T00:00:00+24:00"',
  ],
  ['"Mon, 01 Jan 2024"', '"1704067200"', '1704067200', '"2024-01-01 00:00:00"', '"2024-01-01T00:00:00Z\\n"', '"today"'],
].flat();

/** Not JSON, however close. */
const BROKEN_TEXTS = [
  '',
  ',',
  'NaN',
  'Infinity',
  'undefined',
  '01',
  '+1',
  '1.',
  '.1',
  "'a'",
  '"\t"',
  '"\\x41"',
  '"\\ud8"',
];

const longTexts = fc.tuple(fc.constantFrom('x', '9', '😀', '\\u0000', '\\ud800', '[', ' '), fc.nat({ max: 4000 }));
const nestings = fc.tuple(fc.constantFrom<[string, string]>(['[', ']'], ['{"a":', '}']), fc.nat({ max: 3000 }));

/** A value, mostly one that no record should hold; sometimes not even JSON. */
export const strangeTexts: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...STRANGE_TEXTS), weight: 30 },
  { arbitrary: fc.constantFrom(...BROKEN_TEXTS), weight: 1 },
  { arbitrary: fc.double().map(String), weight: 2 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text)), weight: 4 },
  { arbitrary: fc.json({ maxDepth: 2 }), weight: 2 },
  { arbitrary: longTexts.map(([unit, count]) => `"${unit.repeat(count)}"`), weight: 1 },
  { arbitrary: nestings.map(([[open, close], depth]) => `${open.repeat(depth)}0${close.repeat(depth)}`), weight: 1 },
);

const manyth = (_: unknown, index: number): Member => [`f${index}`, '0'];

const write = (members: readonly Member[]) =>
  `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;

/** A record that fits the schema, and is imported if the account has what it names. */
export function validRecordTexts({ members }: Endpoint): fc.Arbitrary<string> {
  return members.map(write);
}

/** A record that was valid before strange members were put in front of its own, or behind them, where they count. */
export function strangeRecordTexts({ members: validMembers, fields }: Endpoint): fc.Arbitrary<string> {
  const keys = fc.constantFrom(...fields, ...OTHER_KEYS);
  const member = fc.tuple(fc.oneof({ arbitrary: keys, weight: 9 }, fc.string()), strangeTexts);
  const many = fc.integer({ min: 90, max: 110 }).map((count) => Array.from({ length: count }, manyth));
  const members = fc.oneof({ arbitrary: fc.array(member, { minLength: 1, maxLength: 3 }), weight: 19 }, many);
  return fc
    .tuple(
      validMembers.chain((valid) => fc.subarray(valid, { minLength: 1 })),
      members,
      fc.nat({ max: 3 }),
    )
    .map(([valid, strange, where]) => write(where === 0 ? [...strange, ...valid] : [...valid, ...strange]));
}
