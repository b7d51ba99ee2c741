import fc from 'fast-check';
import { expect, test } from 'vitest';

import { withoutDenseValues } from './dense-json.ts';

const PADDING = ' '.repeat(256 * 1024);

/** What is left of a body that is long enough to be looked at. */
function parse(text: string): unknown {
  const body = withoutDenseValues(Buffer.from(text + PADDING));
  return body && JSON.parse(body.toString());
}

function objectOf(fields: number, value: unknown = 1): object {
  return Object.fromEntries(Array.from({ length: fields }, (_, index) => [`f${index}`, value]));
}

test.for([
  ['fields', objectOf(200)],
  ['lists', Array.from({ length: 300 }, () => [])],
  ['objects', { tags: Array.from({ length: 200 }, () => ({})) }],
])('a record of too many %s becomes null, the others stay', ([, dense]) => {
  const records = [objectOf(100, 'a "quoted" [{,:}] text\\'), dense, 7, objectOf(3)];
  expect(parse(JSON.stringify({ records, other: dense, more: [1] }))).toEqual({
    records: [records[0], null, 7, records[3]],
    other: expect.anything(),
    more: [1],
  });
});

test('a record that is nested deeply becomes null', () => {
  expect(parse(`{"records":[${'['.repeat(301)}${']'.repeat(301)},{}]}`)).toEqual({ records: [null, {}] });
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
