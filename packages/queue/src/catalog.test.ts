import fc from 'fast-check';
import { expect, test } from 'vitest';

import { chunkJobId, importIdOf, jobKinds } from './catalog.ts';

const chunks = fc.record({ accountId: fc.nat().map(String), importId: fc.uuid(), chunkIndex: fc.nat({ max: 999 }) });

test('a job id tells which import it belongs to', () => {
  fc.assert(
    fc.property(fc.constantFrom(...jobKinds), chunks, (kind, chunk) => {
      expect(importIdOf(chunkJobId(kind, chunk))).toBe(chunk.importId);
    }),
  );
});

test('a job id is one that BullMQ takes: no colon, not all digits', () => {
  fc.assert(
    fc.property(fc.constantFrom(...jobKinds), chunks, (kind, chunk) => {
      expect(chunkJobId(kind, chunk)).toMatch(/^[^:]*[^:\d][^:]*$/);
    }),
  );
});

test('different chunks have different job ids, the same chunk has the same', () => {
  fc.assert(
    fc.property(fc.constantFrom(...jobKinds), chunks, chunks, (kind, one, other) => {
      const isSame = one.importId === other.importId && one.chunkIndex === other.chunkIndex;
      expect(chunkJobId(kind, one) === chunkJobId(kind, other)).toBe(isSame);
      expect(chunkJobId(kind, { ...one })).toBe(chunkJobId(kind, one));
    }),
  );
});

test.for(['', '1', 'repeat-job', 'save-revenue-chunk-nonsense-1'])('%s belongs to no import', (jobId) => {
  expect(importIdOf(jobId)).toBeUndefined();
});
