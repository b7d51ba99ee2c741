import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { MAX_AMOUNT, roundAmount } from './amount.ts';

/** The same rule on exact decimals; a number counts as the decimal that JavaScript writes for it. */
function roundExactly(amount: number | string): string | undefined {
  const exact = new Decimal(amount);
  return exact.gt('9999999999.9999') ? undefined : exact.toDecimalPlaces(4, Decimal.ROUND_HALF_UP).toFixed();
}

function expectSameAsExact(amount: number | string): void {
  const rounded = roundAmount(amount);
  expect(rounded === undefined ? undefined : String(rounded)).toBe(roundExactly(amount));
}

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''));

/** Around what is hard: a tie in the fifth decimal, just below it, just above it. */
const nearTie = fc
  .tuple(digits(1, 10), digits(4, 4), fc.constantFrom('5', '50000', '49999999999999999999', '50000000000000000001'))
  .map(([integer, decimals, rest]) => `${integer}.${decimals}${rest}`);

describe('an amount is rounded half up to 4 decimals, as exact decimals are', () => {
  test('whatever number it is', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: MAX_AMOUNT, noNaN: true }), expectSameAsExact), { numRuns: 5000 });
  });

  test('as a number of few decimals', () => {
    const fewDecimals = fc
      .tuple(fc.nat({ max: 10 ** 12 }), fc.integer({ min: 0, max: 8 }))
      .map(([units, decimals]) => Math.min(Number(`${units}e-${decimals}`), MAX_AMOUNT));
    fc.assert(fc.property(fewDecimals, expectSameAsExact), { numRuns: 5000 });
  });

  test('as a number near a tie', () => {
    const numbers = nearTie.map(Number).filter((number) => number <= MAX_AMOUNT);
    fc.assert(fc.property(numbers, expectSameAsExact), { numRuns: 5000 });
  });

  test('as a decimal string near a tie', () => {
    fc.assert(fc.property(nearTie, expectSameAsExact), { numRuns: 5000 });
  });

  test('as a decimal string of any length', () => {
    const integers = digits(1, 13);
    const decimals = fc.tuple(integers, digits(1, 30)).map(([integer, fraction]) => `${integer}.${fraction}`);
    fc.assert(fc.property(fc.oneof(integers, decimals), expectSameAsExact), { numRuns: 5000 });
  });
});

test.for([
  ['9999999999.9999', MAX_AMOUNT],
  ['9999999999.99990', MAX_AMOUNT],
  ['9999999999.99994', undefined],
  ['10000000000', undefined],
  ['00000000000000000001', 1],
  ['0.00005', 0.0001],
  [0.00005, 0.0001],
  [0.00004999, 0],
  [5e-324, 0],
  [-0, 0],
] as const)('%s becomes %s', ([amount, rounded]) => {
  expect(roundAmount(amount)).toBe(rounded);
});

test('a rounded amount stays as it is', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: MAX_AMOUNT, noNaN: true }), (amount) => {
      const once = roundAmount(amount) ?? 0;
      expect(roundAmount(once)).toBe(once);
      expect(roundAmount(String(once))).toBe(once);
    }),
  );
});
