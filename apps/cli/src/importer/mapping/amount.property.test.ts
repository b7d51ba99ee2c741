import { Value } from '@sinclair/typebox/value';
import { kindSpecs } from '@trackly/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { multiply, readAmount } from './amount.ts';
import { AMOUNT_FORMS, type AmountForm } from './amount-forms.ts';

type Form = AmountForm | 'plain';
const ALL: Form[] = ['plain', ...AMOUNT_FORMS];

function read(text: string, form: Form) {
  return readAmount(text, form === 'plain' ? undefined : form);
}

/** Whether the API takes the syntax; that an amount fits is the service's to say. */
const taken = (text: string) => Value.Check(kindSpecs.revenue.fields.revenue.schema, text);

test('every text that the API takes is sent as it is, with spaces around it or not', () => {
  const digits = fc.stringMatching(/^\d{1,30}$/);
  const texts = fc.oneof(
    digits,
    fc.tuple(digits, digits).map((parts) => parts.join('.')),
    fc.stringMatching(/^[\d.,-]{1,9}$/),
  );
  fc.assert(
    fc.property(
      texts,
      fc.constantFrom('', ' ', '\t', '\u00A0'),
      fc.constantFrom<Form>('plain', 'us', 'ch'),
      (text, space, form) => {
        fc.pre(taken(text));
        expect(read(`${space}${text}${space}`, form)).toEqual({ decimal: text });
      },
    ),
    { numRuns: 1000 },
  );
});

test('whatever is read, the API takes, or it has a minus sign', () => {
  const parts = fc.constantFrom('-', '(', ')', '$', '€', 'USD', ' ', '.', ',', "'", '1', '23', '456', '000', '0', 'E');
  const texts = fc.array(parts, { minLength: 1, maxLength: 8 }).map((list) => list.join(''));
  fc.assert(
    fc.property(texts, fc.constantFrom(...ALL), (text, form) => {
      const amount = read(text, form);
      expect(amount === undefined || taken(amount.decimal.replace(/^-/, ''))).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test('eu reads all that --decimal-comma has always read, as it has', () => {
  const former = /^(?:\d+(?:,\d+)?|[1-9]\d{0,2}([.\s'’])\d{3}(?:\1\d{3})*(?:,\d+)?)$/;
  const parts = fc.constantFrom('1', '23', '456', '000', '.', ' ', '\u00A0', "'", '’', ',');
  const texts = fc.oneof(
    fc.array(parts, { minLength: 1, maxLength: 5 }).map((list) => list.join('')),
    fc.stringMatching(/^[1-9]\d{0,2}(?:\.\d{3}){1,2}(?:,\d{1,3})?$/),
  );
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(former.test(text.trim()));
      const decimal = text
        .trim()
        .replaceAll(/[.\s'’]/g, '')
        .replace(',', '.');
      expect(read(text, 'eu')).toEqual({ decimal });
    }),
    { numRuns: 1000 },
  );
});

/** How each form writes amounts: the separators that it may have, and its decimal mark. */
const WRITING: Record<Form, { separators: string[]; mark: string }> = {
  plain: { separators: [''], mark: '.' },
  us: { separators: ['', ','], mark: '.' },
  eu: { separators: ['', '.', ' ', '\u00A0', '\u202F', "'", '’'], mark: ',' },
  ch: { separators: ['', "'", '’', ' ', '\u202F'], mark: '.' },
};

/** Groups digits, from the right, without regular expressions. */
function group(integer: string, separator: string, size = 3): string {
  const groups: string[] = [];
  for (let end = integer.length; end > 0; end -= size) groups.unshift(integer.slice(Math.max(0, end - size), end));
  return groups.join(separator);
}

const writings = fc.constantFrom(...ALL).chain((form) =>
  fc.record({
    form: fc.constant(form),
    separator: fc.constantFrom(...WRITING[form].separators),
    mark: fc.constant(WRITING[form].mark),
  }),
);
const integers = fc.bigInt({ min: 0n, max: 10n ** 15n }).map(String);
const fractions = fc.oneof(fc.constant(''), fc.stringMatching(/^\d{1,8}$/));
const frames = fc.constantFrom<[string, string, string]>(
  ['', '', ''],
  ['-', '', '-'],
  ...['$', '€', 'CHF ', 'US$', 'kr '].flatMap((currency): [string, string, string][] => [
    [currency, '', ''],
    ['', ` ${currency.trim()}`, ''],
    [`-${currency}`, '', '-'],
    [`(${currency}`, ')', '-'],
  ]),
);

test('an amount that is written in any form is read back, to the last digit', () => {
  fc.assert(
    fc.property(writings, integers, fractions, frames, ({ form, separator, mark }, integer, fraction, frame) => {
      const [before, after, sign] = frame;
      const isSigned = sign === '-' && /[1-9]/.test(integer + fraction);
      const text = `${before}${group(integer, separator)}${fraction && mark}${fraction}${after}`;
      const decimal = `${isSigned ? '-' : ''}${integer}${fraction && '.'}${fraction}`;
      expect(read(text, form)?.decimal).toBe(decimal);
    }),
    { numRuns: 3000 },
  );
});

test('an amount whose groups lack a digit, or have one too many, is refused in every form', () => {
  const grouped = fc.constantFrom<[Form, string, string]>(
    ['us', ',', '.'],
    ['eu', '.', ','],
    ['eu', ' ', ','],
    ['ch', "'", '.'],
    ['ch', '’', '.'],
  );
  const wrong = fc.record({
    writing: grouped,
    integer: fc.bigInt({ min: 1000n, max: 10n ** 12n }).map(String),
    fraction: fc.stringMatching(/^\d{2}$/),
    at: fc.nat(),
    isLonger: fc.boolean(),
  });
  fc.assert(
    fc.property(wrong, ({ writing: [form, separator, mark], integer, fraction, at, isLonger }) => {
      const [first = '', ...groups] = group(integer, separator).split(separator);
      const index = at % groups.length;
      const changed = groups.map((digits, place) => {
        if (place !== index) return digits;
        return isLonger ? `${digits}0` : digits.slice(1);
      });
      expect(read(`${[first, ...changed].join(separator)}${mark}${fraction}`, form)).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
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

test('products are those of whole numbers, to the last digit, without exponent', () => {
  fc.assert(
    fc.property(fc.array(decimals, { minLength: 1, maxLength: 4 }), (factors) => {
      const places = factors.map((factor) => factor.split('.')[1]?.length ?? 0).reduce((sum, count) => sum + count, 0);
      const digits = factors
        .map((factor) => BigInt(factor.replace('.', '')))
        .reduce((product, factor) => product * factor, 1n);
      const plain = write(digits, places);
      const short = places > 0 ? plain.replace(/\.?0+$/, '') : plain;
      expect(multiply(factors)).toBe(short === '-0' ? '0' : short);
    }),
    { numRuns: 500 },
  );
});
