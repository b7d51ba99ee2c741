import fc from 'fast-check';
import { expect, test } from 'vitest';

import { requestIdOf } from './request-log.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('a client’s id of up to 128 harmless characters is kept', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Za-z_.:/+=@-]{1,128}$/), (id) => {
      expect(requestIdOf(id)).toBe(id);
    }),
  );
});

test('any other is replaced by one of ours', () => {
  const characters = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => /[^\w.:/+=@-]/.test(text));
  const tooLong = fc.string({ unit: fc.constant('a'), minLength: 129, maxLength: 200 });
  fc.assert(
    fc.property(fc.oneof(characters, tooLong, fc.constantFrom('', 'a\n', 'a\r\nX-Evil: 1', undefined)), (id) => {
      expect(requestIdOf(id)).toMatch(UUID_V7);
    }),
  );
  expect(requestIdOf(['a', 'b'])).toMatch(UUID_V7);
});

test('ours are all different', () => {
  expect(new Set(Array.from({ length: 1000 }, () => requestIdOf(undefined))).size).toBe(1000);
});
