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
  ['0049 171 1234567', 'DE', '+491711234567'],
  ['+44 20 7946 0958', 'DE', '+442079460958'],
] as const)('%s in %s is %s', (text, country, expected) => {
  expect(toPhoneNumber(text, country)).toBe(expected);
});

test.each([
  ['5551000001', undefined, 'add --default-country'],
  ['', undefined, 'add --default-country'],
  ['+123456', undefined, 'possible'],
  ['+1234567890123456', undefined, 'possible'],
  ['+1555100000x', undefined, 'possible'],
  ['12', 'US', 'possible'],
  ['(555) 100-0001 ext. 5', 'US', 'possible'],
  ['call me', 'US', 'possible'],
] as const)('%s in %s is none', (text, country, reason) => {
  expect(toPhoneNumber(text, country)).toMatchObject({ reason: expect.stringContaining(reason) });
});

test('the number of a list can be a short code', () => {
  for (const code of ['2020', '12345678']) expect(toListNumber(code, 'US')).toBe(code);
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

test('a number that a spreadsheet has rounded is known by its form', () => {
  for (const text of ['1.5551E+10', '1,5551E+10', '2E+05', '+4.9171E+12', ' 1.5E+10 '])
    expect(isRounded(text)).toBe(true);
  for (const text of ['1.5551e+10', '1E5', '15551E+10', '1.5551E+10x', '+15551000001'])
    expect(isRounded(text)).toBe(false);
});

test('a country is two letters of one', () => {
  expect(toCountry('de')).toBe('DE');
  for (const text of ['XX', 'Germany', '']) expect(() => toCountry(text)).toThrow('--default-country must be');
});
