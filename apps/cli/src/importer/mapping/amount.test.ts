import { expect, test } from 'vitest';

import { readAmount } from './amount.ts';
import { AMOUNT_FORMS, type AmountForm } from './amount-forms.ts';

type Form = AmountForm | 'plain';
const ALL: Form[] = ['plain', ...AMOUNT_FORMS];

function read(text: string, form: Form) {
  return readAmount(text, form === 'plain' ? undefined : form);
}

/** What a text is in each form: plain, us, eu, ch; null if it is no amount in that form. */
type Readings = readonly [string | null, string | null, string | null, string | null];

function readingsOf(text: string): (string | null)[] {
  return ALL.map((form) => read(text, form)?.decimal ?? null);
}

const everywhere = (decimal: string): Readings => [decimal, decimal, decimal, decimal];
const exceptEu = (decimal: string): Readings => [decimal, decimal, null, decimal];
const only = (form: Form, decimal: string): Readings => {
  const [plain = null, us = null, eu = null, ch = null] = ALL.map((each) => (each === form ? decimal : null));
  return [plain, us, eu, ch];
};
const nowhere: Readings = [null, null, null, null];

test.each<[string, Readings]>([
  ['7', everywhere('7')],
  ['0', everywhere('0')],
  ['007', everywhere('007')],
  ['12345678901234567890', everywhere('12345678901234567890')],
  ['24.99', exceptEu('24.99')],
  ['24,99', only('eu', '24.99')],
  ['1234.5', exceptEu('1234.5')],
  ['1234,5', only('eu', '1234.5')],
  ['.5', exceptEu('0.5')],
  [',5', only('eu', '0.5')],
  ['5.', exceptEu('5')],
  ['5,', only('eu', '5')],
  ['.', nowhere],
  [',', nowhere],
  ['', nowhere],
  ['1,234', [null, '1234', '1.234', null]],
  ['1.234', ['1.234', '1.234', '1234', '1.234']],
  ['1,234.50', only('us', '1234.50')],
  ['1,234.', only('us', '1234')],
  ['1,234,567.8', only('us', '1234567.8')],
  ['12,345,678', only('us', '12345678')],
  ['1.234,50', only('eu', '1234.50')],
  ['1.234.567', only('eu', '1234567')],
  ['1 234,50', only('eu', '1234.50')],
  ['1 234', [null, null, '1234', '1234']],
  ['1\u00A0234\u00A0567,8', only('eu', '1234567.8')],
  ['1\u202F234,5', only('eu', '1234.5')],
  ["1'234,56", only('eu', '1234.56')],
  ["1'234.50", only('ch', '1234.50')],
  ['1’234’567.50', only('ch', '1234567.50')],
  ['1 234.50', only('ch', '1234.50')],
  ["1'234", [null, null, '1234', '1234']],
])('%j is a number', (text, readings) => {
  expect(readingsOf(text)).toEqual(readings);
});

test.each([
  '1,23.4',
  '1,2345.6',
  '12,34.5',
  ',123.4',
  '0,123.45',
  '1234,567.8',
  '1.23,4',
  '1.2345,6',
  '12.34.567',
  '1,234,56.7',
  "1'23.4",
  "1'2345",
  "1'234’567",
  "1'234 567",
  '1.234 567,8',
  '1..234',
  '1  234',
  '1.2.3',
  '1,2,3',
  "'5",
  "5'",
])('%j is grouped wrongly', (text) => {
  expect(readingsOf(text)).toEqual(nowhere);
});

test.each([
  [' 3.00 ', '3.00'],
  ['\t3.00\r', '3.00'],
  ['\u00A03.00\u202F', '3.00'],
  ['\u20093.00\u3000', '3.00'],
  ['+5.00', '5.00'],
  ['+ 5.00', '5.00'],
  ['-5.00', '-5.00'],
  ['- 5.00', '-5.00'],
  ['5.00-', '-5.00'],
  ['5.00 -', '-5.00'],
  ['−5.00', '-5.00'],
  ['–5.00', '-5.00'],
  ['(5.00)', '-5.00'],
  ['( 5.00 )', '-5.00'],
  ['-0.00', '0.00'],
  ['-0', '0'],
  ['−0', '0'],
  ['(0.00)', '0.00'],
  ['-.5', '-0.5'],
])('%j has the sign of %s', (text, decimal) => {
  expect(read(text, 'plain')).toEqual({ decimal });
});

test.each<[string, Form, string, string]>([
  ['$1.50', 'plain', '1.50', '$'],
  ['$ 1.50', 'plain', '1.50', '$'],
  ['$.50', 'plain', '0.50', '$'],
  ['1.50$', 'plain', '1.50', '$'],
  ['1.50 USD', 'plain', '1.50', 'USD'],
  ['USD1.50', 'plain', '1.50', 'USD'],
  ['US$ 5', 'plain', '5', 'USD'],
  ['R$ 5', 'plain', '5', 'R$'],
  ['$5.00 CAD', 'plain', '5.00', '$ CAD'],
  ['£1,234.50', 'us', '1234.50', '£'],
  ['€ 1.234,50', 'eu', '1234.50', 'EUR'],
  ['1.234,50 €', 'eu', '1234.50', 'EUR'],
  ['1.234,50\u00A0EUR', 'eu', '1234.50', 'EUR'],
  ['1 234,50 zł', 'eu', '1234.50', 'PLN'],
  ['1 234,50 kr.', 'eu', '1234.50', 'kr'],
  ["CHF 1'234.50", 'ch', '1234.50', 'CHF'],
  ["Fr. 1'234.50", 'ch', '1234.50', 'Fr'],
  ['₹500', 'plain', '500', '₹'],
  ['Rs. 500', 'plain', '500', 'Rs'],
  ['-$5.00', 'plain', '-5.00', '$'],
  ['$-5.00', 'plain', '-5.00', '$'],
  ['$(5.00)', 'plain', '-5.00', '$'],
  ['($5.00)', 'plain', '-5.00', '$'],
  ['5.00- USD', 'plain', '-5.00', 'USD'],
  ['5.00 €-', 'plain', '-5.00', 'EUR'],
  ['-$0.00', 'plain', '0.00', '$'],
  ['+$5', 'plain', '5', '$'],
])('%j, read as %s, is %s in %s', (text, form, decimal, currency) => {
  expect(read(text, form)).toEqual({ decimal, currency });
});

const WORDS = ['abc', '$', 'USD', '-', '()', 'NaN', 'Infinity', 'null', '#REF!', '5%', '5 pieces', 'ABC 5', 'usd 5'];
const DIGITS = ['1.5E+3', '1e3', '0x10', '٣', '５', '5 5', '5/2', '1:30', '$$5', '5 USD EUR', 'EUR 5 USD 3'];
const TWO_SIGNS = ['--5', '-5-', '-(5)', '(5', '5)', '((5))', '+-5', '(-5)', '5+'];
/** The point may belong to the abbreviation, and the dash may stand for the decimals. */
const UNCLEAR = ['Rs.500', 'Fr.50', 'USD.5', '5.-', '5,-', '5,- €'];
const OTHERS = ['2024-01-05', '1.1.2024', `${'1'.repeat(200)}-`, `$${' '.repeat(100_000)}x5`];

test.each([...WORDS, ...DIGITS, ...TWO_SIGNS, ...UNCLEAR, ...OTHERS])('%j is no amount', (text) => {
  expect(readingsOf(text)).toEqual(nowhere);
});
