import fc from 'fast-check';
import { expect, test } from 'vitest';

import { DecimalSum } from './decimal-sum.ts';

function sumOf(...decimals: string[]): string {
  const sum = new DecimalSum();
  for (const decimal of decimals) sum.add(decimal);
  return sum.toString();
}

test.each([
  [[], '0'],
  [['0.1', '0.2'], '0.3'],
  [['24.99', '0.0001', '9999999999.9999'], '10000000024.99'],
  [['7', '3'], '10'],
  [['0.0009', '0.0001'], '0.001'],
])('%j add up to %s', (decimals, total) => {
  expect(sumOf(...decimals)).toBe(total);
});

test('millions of the largest amount lose no digit', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 22n })), (tenThousandths) => {
      const decimals = tenThousandths.map((value) => `${value / 10_000n}.${String(value % 10_000n).padStart(4, '0')}`);
      const [integer = '', fraction = ''] = sumOf(...decimals).split('.');
      expect(BigInt(integer + fraction.padEnd(4, '0'))).toBe(tenThousandths.reduce((sum, value) => sum + value, 0n));
    }),
  );
});
