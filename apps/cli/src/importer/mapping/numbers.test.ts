import { PHONE_NUMBER_PATTERN } from '@trackly/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isRounded, NotANumber, toCountry, toListNumber, toPhoneNumber } from './numbers.ts';

test.each([
  ['+15551000001', undefined, '+15551000001'],
  ['+1 (555) 100-0001', undefined, '+15551000001'],
  [' +49 171 1234567 ', undefined, '+491711234567'],
  ['(555) 100-0001', 'US', '+15551000001'],
  ['15551000001', 'US', '+15551000001'],
  ['0171 1234567', 'DE', '+491711234567'],
  ['+44 20 7946 0958', 'DE', '+442079460958'],
  ['(+49) 171 1234567', undefined, '+491711234567'],
  ['+49 (0) 171 1234567', undefined, '+491711234567'],
  ['+49 0171 1234567', undefined, '+491711234567'],
  ['+4901711234567', undefined, '+491711234567'],
  ['+390612345678', undefined, '+390612345678'],
  ['+9990123456', undefined, '+9990123456'],
  ['+1\u00A0555\u00A0100\u20110001', undefined, '+15551000001'],
  ['\u202A+1 555 100 0001\u202C', undefined, '+15551000001'],
  ["'+1 555 100 0001", undefined, '+15551000001'],
  ['tel:+1-555-100-0001', undefined, '+15551000001'],
  ['0171/1234567', 'DE', '+491711234567'],
  ['0171 / 1234567', 'DE', '+491711234567'],
  ['1711234567', 'DE', '+491711234567'],
  ['0049 171 1234567', 'DE', '+491711234567'],
  ['04921 123456', 'DE', '+494921123456'],
  ['3931234567', 'IT', '+393931234567'],
  ['390612345678', 'IT', '+390612345678'],
  ['01.23.45.67.00', 'FR', '+33123456700'],
  ['5511987654321', 'BR', '+5511987654321'],
  ['9161234567', 'RU', '+79161234567'],
] as const)('%s in %s is %s', (text, country, expected) => {
  expect(toPhoneNumber(text, country)).toBe(expected);
});

test.each([
  ['5551000001', undefined, 'as in --default-country US'],
  ['', undefined, 'as in --default-country US'],
  ['+123456', undefined, 'possible'],
  ['+1234567890123456', undefined, 'possible'],
  ['+1555100000x', undefined, 'possible'],
  ['12', 'US', 'possible'],
  ['(555) 100-0001 ext. 5', 'US', 'possible'],
  ['call me', 'US', 'possible'],
  ['Call +15551000001 now', undefined, 'must begin with +'],
  ['+15551000001 x', undefined, 'nothing else'],
  ['Tel. 0171 1234567', 'DE', 'nothing else'],
  ['0171 1234567 (mobil)', 'DE', 'nothing else'],
  ['+15551000001 / +15551000002', undefined, 'nothing else'],
  ['030 1234 / 030 5678', 'DE', 'nothing else'],
  ['-491711234567', 'DE', 'nothing else'],
  ['+491711234567.0', undefined, 'is a decimal number'],
  ['030123456.0', 'DE', 'is a decimal number'],
  ['491711234567.00', 'DE', 'is a decimal number'],
  ['491711234567', 'DE', 'may be +491711234567 or +49491711234567: write it with +'],
  ['49 171 1234567', 'DE', 'may be +491711234567 or +49491711234567'],
] as const)('%s in %s is none', (text, country, reason) => {
  expect(toPhoneNumber(text, country)).toMatchObject({ reason: expect.stringContaining(reason) });
});

test('the number of a list can be a short code', () => {
  for (const code of ['2020', '20200', '123456']) {
    for (const country of [undefined, 'US', 'DE', 'NO'] as const) expect(toListNumber(code, country)).toBe(code);
  }
  expect(toListNumber('12345678', 'US')).toBe('12345678');
  expect(toListNumber('40123456', undefined)).toBe('40123456');
  expect(toListNumber('40123456', 'NO')).toMatchObject({
    reason: expect.stringContaining('may be a short code or +4740123456'),
  });
  expect(toListNumber('+4901711234567', undefined)).toBe('+491711234567');
  expect(toListNumber('+1 555 100 0001', undefined)).toBe('+15551000001');
  expect(toListNumber('123', undefined)).toBeInstanceOf(NotANumber);
});

test('whatever is read is in international form, and read again the same', () => {
  const digits = fc.array(fc.stringMatching(/^[-. (/]?[0-9][ )]?$/), { minLength: 9, maxLength: 11 });
  const texts = fc
    .tuple(fc.constantFrom('+1', '+49', '+44 (0)', '0', ''), digits)
    .map(([start, rest]) => start + rest.join(''));
  fc.assert(
    fc.property(texts, fc.constantFrom(undefined, 'DE', 'US'), (text, country) => {
      const found = toPhoneNumber(text, country);
      fc.pre(typeof found === 'string');
      expect(found).toMatch(new RegExp(PHONE_NUMBER_PATTERN));
      expect(toPhoneNumber(found, country)).toBe(found);
    }),
    { numRuns: 1000 },
  );
});

test('however a number is punctuated, it is the same number', () => {
  const separators = fc.array(fc.constantFrom('', ' ', '-', '.', '\u00A0', '\u2011'), { minLength: 12, maxLength: 12 });
  const subscribers = fc.stringMatching(/^[1-9][0-9]{5}[1-9]$/);
  fc.assert(
    fc.property(
      separators,
      fc.constantFrom('+49171', '+490171', '+1212', '+44020'),
      subscribers,
      (gaps, start, rest) => {
        const digits = Array.from(start + rest);
        const written = digits.map((digit, index) => (index < 2 ? digit : (gaps[index % 12] ?? '') + digit)).join('');
        expect(toPhoneNumber(written, undefined)).toBe(toPhoneNumber(start + rest, undefined));
      },
    ),
    { numRuns: 1000 },
  );
});

const STARTS = fc.constantFrom('+49 171', '0171/', '+1 (212) ', '(212) ', '171', '49171', '0049171', '21');
const COUNTRIES = fc.constantFrom('DE', 'US', 'IT', 'NO');

test('a number ends with the digits that were written', () => {
  fc.assert(
    fc.property(STARTS, fc.stringMatching(/^[0-9]{5,9}$/), COUNTRIES, (start, digits, country) => {
      const found = toPhoneNumber(start + digits, country);
      expect(found instanceof NotANumber || found.endsWith(digits)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('nothing may stand behind a number', () => {
  const ends = fc.constantFrom('x', ' ext. 5', '.0', ' / 0171 12', ', 2', ' (mobil)');
  fc.assert(
    fc.property(STARTS, fc.stringMatching(/^[0-9]{5,9}$/), ends, COUNTRIES, (start, digits, end, country) => {
      expect(toPhoneNumber(start + digits + end, country)).toBeInstanceOf(NotANumber);
    }),
  );
});

test('a number in E notation is known by its form', () => {
  for (const text of [
    '1.5551E+10',
    '1,5551E+10',
    '2E+05',
    '+4.9171E+12',
    ' 1.5E+10 ',
    '1.5551e+10',
    '1.5E10',
    '15.551E+9',
  ]) {
    expect(isRounded(text)).toBe(true);
  }
  for (const text of ['1E5', '5e12345', '1e-5', '12E+5', 'E+10', '15551E+10', '1.5551E+10x', '+15551000001', '1.5']) {
    expect(isRounded(text)).toBe(false);
  }
});

test('a country is two letters of one', () => {
  expect(toCountry('de')).toBe('DE');
  for (const text of ['XX', 'Germany', '']) expect(() => toCountry(text)).toThrow('--default-country must be');
});
