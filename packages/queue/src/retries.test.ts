import fc from 'fast-check';
import { expect, test } from 'vitest';

import { JOB_OPTIONS, retryDelay } from './retries.ts';

const attempts = fc.integer({ min: 1, max: 1_000_000_000 });

test('the first retry comes soon, and none later than after 5 seconds', () => {
  fc.assert(
    fc.property(attempts, (attemptsMade) => {
      const delay = retryDelay(attemptsMade);
      expect(Number.isInteger(delay)).toBe(true);
      expect(delay).toBeGreaterThanOrEqual(100);
      expect(delay).toBeLessThanOrEqual(5_000);
    }),
  );
  for (let run = 0; run < 100; run += 1) expect(retryDelay(1)).toBeLessThanOrEqual(200);
});

test('retries become rarer, up to a limit', () => {
  const shortest = (attemptsMade: number) => Math.min(...Array.from({ length: 200 }, () => retryDelay(attemptsMade)));
  expect(shortest(3)).toBeGreaterThanOrEqual(400);
  expect(shortest(6)).toBeGreaterThanOrEqual(2500);
  expect(shortest(100)).toBeGreaterThanOrEqual(2500);
});

test('retries after the same attempt spread out', () => {
  const delays = new Set(Array.from({ length: 200 }, () => retryDelay(20)));
  expect(delays.size).toBeGreaterThan(100);
});

test('no attempt is the last within anyone’s lifetime', () => {
  const years = ((JOB_OPTIONS.attempts ?? 0) * 2.5) / 3600 / 24 / 365;
  expect(years).toBeGreaterThan(70);
});
