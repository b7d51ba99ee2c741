import { expect, test } from 'vitest';

import { describeProgress } from './progress.ts';

test.each([
  [{ bytes: 250, records: 10_000, seconds: 5 }, 1000, '25% | 10,000 rows | 2,000/s | 15 s left'],
  [{ bytes: 0, records: 0, seconds: 0 }, 1000, '0% | 0 rows | 0/s'],
  [{ bytes: 0, records: 0, seconds: 0 }, 0, '100% | 0 rows | 0/s'],
])('%j of %i bytes', (done, totalBytes, line) => {
  expect(describeProgress(totalBytes, 'rows', done)).toBe(line);
});
