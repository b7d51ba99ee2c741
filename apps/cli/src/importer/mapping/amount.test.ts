import fc from 'fast-check';
import { expect, test } from 'vitest';

import { completeAmount, multiply, readDecimalComma, readFactor } from './amount.ts';

test.each([
  ['1.234,56', '1234.56'],
  ['1 234,56', '1234.56'],
  ["1'234,56", '1234.56'],
  ['1’234,56', '1234.56'],
  ['1\u00A0234,56', '1234.56'],
  ['1\u202F234\u202F567,8', '1234567.8'],
  ['1234,5', '1234.5'],
  ['1.234', '1234'],
  ['0,05', '0.05'],
  ['7', '7'],
  [' 7,5 ', '7.5'],
  ['-1.234,56', '-1234.56'],
])('%j is %s', (text, decimal) => {
  expect(readDecimalComma(text)).toBe(decimal);
});

test.each([
  '1.5',
  '1,234.56',
  '1.23,4',
  '12.34.567',
  '1.234 567',
  '0.123',
  '1234.567',
  ',5',
  '5,',
  '5 €',
  '1e3',
  'abc',
  '',
])('%j has no decimal comma', (text) => {
  expect(readDecimalComma(text)).toBeUndefined();
});

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => write(digits, places));

function write(digits: bigint, places: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const integer = text.slice(0, text.length - places);
  const fraction = places > 0 ? `.${text.slice(-places)}` : '';
  return `${digits < 0n ? '-' : ''}${integer}${fraction}`;
}

test('amounts come back from a decimal comma, however they are grouped', () => {
  fc.assert(
    fc.property(decimals, fc.constantFrom('', '.', ' ', '\u00A0', '\u202F', "'"), (decimal, separator) => {
      const [integer = '', fraction] = decimal.split('.');
      const grouped = integer.replaceAll(/\d(?=(?:\d{3})+$)/g, `$&${separator}`);
      const text = fraction === undefined ? grouped : `${grouped},${fraction}`;
      expect(readDecimalComma(text)).toBe(decimal);
    }),
  );
});

test('products are those of whole numbers, to the last digit, without exponent', () => {
  fc.assert(
    fc.property(fc.array(decimals, { minLength: 1, maxLength: 4 }), (factors) => {
      const places = factors.map((factor) => factor.split('.')[1]?.length ?? 0).reduce((sum, count) => sum + count, 0);
      const digits = factors
        .map((factor) => BigInt(factor.replace('.', '')))
        .reduce((product, factor) => product * factor, 1n);
      const plain = write(digits, places);
      const short = places > 0 ? plain.replace(/\.?0+$/, '') : plain;
      const read = factors.map((factor) => readFactor(factor, false)).filter((factor) => factor !== undefined);
      expect(multiply(read)).toBe(short === '-0' ? '0' : short);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['6', '6'],
  [' -2.50 ', '-2.5'],
  [0.1, '0.1'],
  [1e-9, '0.000000001'],
  [1e21, '1000000000000000000000'],
  ['0.000000001', '0.000000001'],
])('%j is a factor', (value, decimal) => {
  expect(readFactor(value, false)?.toFixed()).toBe(decimal);
});

test.each(['', '1,5', '1e3', '.5', '5.', '+5', 'NaN', '9'.repeat(101), Infinity, NaN, true, null, {}, ['5']])(
  '%j is no factor',
  (value) => {
    expect(readFactor(value, false)).toBeUndefined();
  },
);

test('factors have a decimal comma where amounts have', () => {
  expect(readFactor('1.234,5', true)?.toFixed()).toBe('1234.5');
  expect(readFactor('2.55', true)).toBeUndefined();
});

test.each([
  ['.00', '0.00'],
  [' .5 ', '0.5'],
  ['0.5', '0.5'],
  ['.', '.'],
  ['-.5', '-.5'],
  [0.5, 0.5],
  [null, null],
])('%j is sent as %j', (value, sent) => {
  expect(completeAmount(value)).toEqual(sent);
});
