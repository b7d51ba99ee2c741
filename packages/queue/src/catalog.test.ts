import { tasks } from '@trackly/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { chunkJobId, importIdOf, jobName } from './catalog.ts';

const names = fc.constantFrom(...tasks).map((task) => jobName(task, 'revenue'));

const chunks = fc.record({ accountId: fc.nat().map(String), importId: fc.uuid(), chunkIndex: fc.nat({ max: 999 }) });

test('a job id tells which import it belongs to', () => {
  fc.assert(
    fc.property(names, chunks, (name, chunk) => {
      expect(importIdOf(chunkJobId(name, chunk))).toBe(chunk.importId);
    }),
  );
});

test('a job id is one that BullMQ takes: no colon, not all digits', () => {
  fc.assert(
    fc.property(names, chunks, (name, chunk) => {
      expect(chunkJobId(name, chunk)).toMatch(/^[^:]*[^:\d][^:]*$/);
    }),
  );
});

test('different chunks have different job ids, the same chunk has the same', () => {
  fc.assert(
    fc.property(names, chunks, chunks, (name, one, other) => {
      const isSame = one.importId === other.importId && one.chunkIndex === other.chunkIndex;
      expect(chunkJobId(name, one) === chunkJobId(name, other)).toBe(isSame);
      expect(chunkJobId(name, { ...one })).toBe(chunkJobId(name, one));
    }),
  );
});

test.for(['', '1', 'repeat-job', 'save-revenue-chunk-nonsense-1'])('%s belongs to no import', (jobId) => {
  expect(importIdOf(jobId)).toBeUndefined();
});
