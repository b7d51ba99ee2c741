import fc from 'fast-check';
import { expect, test } from 'vitest';

import { splitIntoChunks } from './chunk.ts';

test('chunks put together are the list, and all but the last are full', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 1000 }), (items, size) => {
      const chunks = splitIntoChunks(items, size);
      expect(chunks.flat()).toEqual(items);
      expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
      expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= size)).toBe(true);
    }),
  );
});
