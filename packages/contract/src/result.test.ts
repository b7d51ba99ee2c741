import fc from 'fast-check';
import { expect, test } from 'vitest';

import { MAX_LISTED_ERRORS, toResult } from './result.ts';
import { revenueRecordErrors, type RevenueRecordErrorCode } from './revenue/errors.ts';
import { revenue } from './revenue/kind.ts';

const codes = Object.keys(revenueRecordErrors).filter(
  (key): key is RevenueRecordErrorCode => key in revenueRecordErrors,
);
const rejections = fc.uniqueArray(fc.record({ index: fc.nat({ max: 999 }), code: fc.constantFrom(...codes) }), {
  selector: ({ index }) => index,
  maxLength: 300,
  size: 'max',
});

test('lists the first 100 errors by index with their texts, and counts all', () => {
  let most = 0;
  fc.assert(
    fc.property(rejections, (given) => {
      const { error_count, errors } = toResult(revenue, {
        successCount: 1,
        skippedCount: 0,
        totals: { revenue: '0' },
        rejections: given,
      });
      most = Math.max(most, given.length);
      expect(error_count).toBe(given.length);
      expect(errors).toHaveLength(Math.min(given.length, MAX_LISTED_ERRORS));

      const positions = errors.map(({ index }) => index);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      const last = positions.at(-1) ?? -1;
      for (const { index, code } of given.filter((rejection) => rejection.index <= last)) {
        expect(errors).toContainEqual({ index, code, error: revenueRecordErrors[code] });
      }
    }),
    { numRuns: 50 },
  );
  expect(most).toBeGreaterThan(MAX_LISTED_ERRORS);
});

test('leaves the rejections that it is given in their order', () => {
  const given = [5, 1, 3].map((index) => ({ index, code: 'save_error' as const }));
  toResult(revenue, { successCount: 0, skippedCount: 0, totals: { revenue: '0' }, rejections: given });
  expect(given.map(({ index }) => index)).toEqual([5, 1, 3]);
});

test('writes every digit of the total', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^(0|[1-9][0-9]{0,17})(\.[0-9]{0,3}[1-9])?$/), (totalRevenue) => {
      const text = JSON.stringify(
        toResult(revenue, { successCount: 0, skippedCount: 0, totals: { revenue: totalRevenue }, rejections: [] }),
      );
      expect(text).toBe(`{"success_count":0,"error_count":0,"total_revenue":${totalRevenue},"errors":[]}`);
    }),
  );
});
