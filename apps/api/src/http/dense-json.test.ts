import fc from 'fast-check';
import { expect, test } from 'vitest';

import { withoutDenseValues } from './dense-json.ts';

const PADDING = ' '.repeat(256 * 1024);

/** What is left of a body that is long enough to be looked at. */
function parse(text: string): unknown {
  const body = withoutDenseValues(Buffer.from(text + PADDING));
  return body && JSON.parse(body.toString());
}

/** Just too many values for a body; without the long lists, they are not too many. */
const MANY = [
  ...Array<number[]>(999).fill(Array<number>(290).fill(0)),
  ...Array<number[]>(30).fill(Array<number>(400).fill(0)),
];

function objectOf(fields: number, value: unknown = 1): object {
  return Object.fromEntries(Array.from({ length: fields }, (_, index) => [`f${index}`, value]));
}

test.for([
  ['fields', objectOf(200)],
  ['lists', Array.from({ length: 300 }, () => [])],
  ['objects', { tags: Array.from({ length: 200 }, () => ({})) }],
])('a record of too many %s becomes null, the others stay', ([, dense]) => {
  const records = [objectOf(100, 'a "quoted" [{,:}] text\\'), dense, 7, objectOf(3)];
  expect(parse(JSON.stringify({ records, other: dense, more: [1], many: MANY }))).toEqual({
    records: [records[0], null, 7, records[3]],
    other: expect.anything(),
    more: [1],
    many: MANY.map((each) => (each.length > 300 ? null : each)),
  });
});

test('a record of many values stays in a body that does not have too many', () => {
  const records = [...Array.from({ length: 900 }, () => objectOf(5)), objectOf(150), { list: Array(20_000).fill(1) }];
  const text = JSON.stringify({ records });
  expect(parse(text)).toEqual({ records });
});

test('a record that is nested deeply becomes null', () => {
  const text = `{"records":[${'['.repeat(301)}${']'.repeat(301)},{}],"many":${JSON.stringify(MANY)}}`;
  expect(parse(text)).toMatchObject({ records: [null, {}] });
});

test.for(['{"records":[' + '0,'.repeat(300_001) + '0]}', '[' + '[],'.repeat(200_000) + '0]'])(
  'a body of too many values is given up: %#',
  (text) => {
    expect(parse(text)).toBeUndefined();
  },
);

test('a short body is not looked at', () => {
  const body = Buffer.from(JSON.stringify({ records: [objectOf(500)] }));
  expect(withoutDenseValues(body)).toBe(body);
});

test('other bodies stay as they are, valid or not', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      const body = Buffer.from(text + PADDING);
      expect(withoutDenseValues(body)).toBe(body);
    }),
  );
});
