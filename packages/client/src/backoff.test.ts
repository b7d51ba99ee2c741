import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';

import { backoffMs, parseRetryAfter } from './backoff.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('a pause is what the service asked for, and by chance up to a time that doubles and ends at 20 s', () => {
  const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60_000), chances, (attempt, askedMs, chance) => {
      vi.spyOn(Math, 'random').mockReturnValue(chance);
      const longest = Math.min(20_000, 200 * 2 ** attempt);
      const byChance = backoffMs(attempt, askedMs) - askedMs;
      expect(byChance).toBeGreaterThanOrEqual(0);
      expect(byChance).toBeLessThanOrEqual(longest);
      // All of the time is used, not its second half only.
      expect(byChance).toBeCloseTo(chance * longest, 3);
    }),
  );
});

test.each([
  ['7', 7_000],
  ['0', 0],
  ['0.25', 250],
  ['86400', 60_000],
  ['-1', 0],
  ['Mon, 23 Nov 2026 10:00:30 GMT', 30_000],
  ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
  ['Tue, 24 Nov 2026 10:00:00 GMT', 60_000],
  ['soon', undefined],
  ['', undefined],
])('Retry-After: %s', (value, ms) => {
  vi.useFakeTimers({ now: new Date('2026-11-23T10:00:00Z'), toFake: ['Date'] });
  expect(parseRetryAfter(new Response(null, { headers: { 'retry-after': value } }))).toBe(ms);
});

test('without Retry-After nothing is asked for', () => {
  expect(parseRetryAfter(new Response(null))).toBeUndefined();
});
