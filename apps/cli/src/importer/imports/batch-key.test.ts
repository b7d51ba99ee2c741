import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isImportName, normalizeName, parseIdempotencyKey, toIdempotencyKey } from './batch-key.ts';

const keys = fc.record({
  name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter(isImportName),
  position: fc.nat(),
  hash: fc.stringMatching(/^[0-9a-f]{32}$/),
});

test('a key says what it was made of, and the service takes it', () => {
  fc.assert(
    fc.property(keys, (key) => {
      const text = toIdempotencyKey(key);
      expect(text).toMatch(/^[\x20-\x7e]{1,255}$/);
      const { name, ...rest } = key;
      expect(parseIdempotencyKey(text)).toEqual({ ...rest, spelling: name, name: normalizeName(name) });
    }),
  );
});

test.each([null, '', 'order-5', 'a:1', '%:1:00000000000000000000000000000000', ':1:00000000000000000000000000000000'])(
  '%j is the key of something else',
  (key) => {
    expect(parseIdempotencyKey(key)).toBeUndefined();
  },
);

test.each(['', ' ', '\ud800', 'n'.repeat(201), 'ж'.repeat(40)])('an import cannot be called %j', (name) => {
  expect(isImportName(name)).toBe(false);
});

test('a name in two spellings is one name', () => {
  const hash = '0'.repeat(32);
  const spelling = 'umsätze.csv'.normalize('NFD');
  const key = parseIdempotencyKey(toIdempotencyKey({ name: spelling, position: 0, hash }));
  expect(key).toEqual({ name: 'umsätze.csv', spelling, position: 0, hash });
});
