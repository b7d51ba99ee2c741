import fc from 'fast-check';
import { expect, test } from 'vitest';

import { quoteNumbers } from './exact-json.ts';

const FIELDS = ['total', 'sum'];

test('keeps the digits that a number would lose, and no others', () => {
  expect(quoteNumbers('{"result":{"total" : 12345678901234.5678,"count":2}}', FIELDS)).toBe(
    '{"result":{"total" : "12345678901234.5678","count":2}}',
  );
});

declare global {
  interface JSON {
    /** Gives the reviver the text of each primitive; not in Node 20. */
    parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  }
}

test('in whatever JSON, only the numbers in these fields become text, digit by digit', () => {
  const key = fc.oneof(fc.constantFrom(...FIELDS, 'to"tal', 'x"total', 'x\\', 'total":1,"'), fc.string());
  const leaf = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer(),
    fc.constantFrom('"total":1', ' "sum" : 2', '\\'),
    fc.string(),
  );
  const { value: json } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(json, fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const expected = JSON.parse(text, (name, inner, { source }) =>
        FIELDS.includes(name) && typeof inner === 'number' ? source : inner,
      );
      expect(JSON.parse(quoteNumbers(text, FIELDS))).toEqual(expected);
    }),
  );
});
