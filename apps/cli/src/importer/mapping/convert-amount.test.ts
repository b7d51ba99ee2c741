import { expect, test } from 'vitest';

import { CommandError } from '../../terminal/command-error.ts';
import { fileKinds } from '../kinds/index.ts';
import { createMapping } from './mapping.ts';
import type { MappingOptions } from './mapping-options.ts';

const OWN = ['message_id', 'offer_id', 'revenue', 'payout', 'A', 'B'];
const NOW: MappingOptions = { map: {}, default: { timestamp: 'now' } };
const PRODUCT = { map: { revenue: 'A*B' } };

function mapping(options: Partial<MappingOptions> = {}) {
  return createMapping(fileKinds.revenue, { ...NOW, ...options }, { name: 'h.csv', columns: OWN });
}

/** The revenue of a record, or why there is no record. */
function convert(values: Record<string, unknown>, options: Partial<MappingOptions> = {}): unknown {
  const result = mapping(options).toRecord({ message_id: 'm', offer_id: 'o', ...values });
  return 'record' in result ? result.record['revenue'] : `${result.code}: ${result.error}`;
}

test.each<[unknown, Partial<MappingOptions>, unknown]>([
  ['24.99', {}, '24.99'],
  [' 24.990 ', {}, '24.990'],
  ['0.123456789', {}, '0.123456789'],
  ['-0.00', {}, '0.00'],
  ['$1.50', {}, '1.50'],
  ['1.234,50 €', { amounts: 'eu' }, '1234.50'],
  ['1.234,50 €', { decimal_comma: true }, '1234.50'],
  ['1.234', {}, '1.234'],
  ['1.234', { amounts: 'eu' }, '1234'],
  ['1.234', { decimal_comma: true }, '1234'],
  ['1.234', { decimal_comma: false }, '1.234'],
  ['$1,234.50', { amounts: 'us' }, '1234.50'],
  ["CHF 1'234.50", { amounts: 'ch' }, '1234.50'],
  [1.5, {}, 1.5],
  [1.234, { amounts: 'eu' }, 1.234],
  [0, {}, 0],
  [1e-7, {}, 1e-7],
  ['', {}, ''],
  ['  ', { amounts: 'us' }, ''],
  ['n/a', {}, 'invalid_revenue: revenue must be an amount such as 24.99, not "n/a".'],
  [true, {}, 'invalid_revenue: revenue must be an amount such as 24.99, not "true".'],
  [['5'], {}, String.raw`invalid_revenue: revenue must be an amount such as 24.99, not "[\"5\"]".`],
  [Infinity, {}, 'invalid_revenue: revenue must be an amount such as 24.99, not "null".'],
  [
    '1,234',
    {},
    'invalid_revenue: revenue must be an amount such as 24.99, not "1,234". ' +
      '--amounts us reads it as 1234, --amounts eu as 1.234.',
  ],
  [
    "1'234.50",
    { amounts: 'us' },
    'invalid_revenue: revenue must be an amount such as 1,234.50, not "1\'234.50". --amounts ch reads it as 1234.50.',
  ],
  ['1,23.4', { amounts: 'us' }, 'invalid_revenue: revenue must be an amount such as 1,234.50, not "1,23.4".'],
  [
    '1.5E+3',
    {},
    'invalid_revenue: revenue must be an amount such as 24.99, not "1.5E+3". A spreadsheet has shortened this number: ' +
      'export the column again, as plain numbers with all of their digits.',
  ],
  ...['-5.00', '(5.00)', '5.00-', '−5.00', '-$5.00'].map((text): [string, object, string] => [
    text,
    {},
    `invalid_revenue: revenue must be 0 or more, not "${text}". A refund cannot be imported on its own: subtract it ` +
      'from the amount of its sale, and leave this row out.',
  ]),
  [
    -1,
    {},
    'invalid_revenue: revenue must be 0 or more, not "-1". A refund cannot be imported on its own: subtract it from the ' +
      'amount of its sale, and leave this row out.',
  ],
])('revenue %j with %j is %j', (revenue, options, expected) => {
  expect(convert({ revenue }, options)).toBe(expected);
});

test.each<[unknown, unknown, Partial<MappingOptions>, string]>([
  ['6', '2.55', {}, '15.3'],
  ['6', ' $2.55 ', {}, '15.3'],
  ['1.000', '2,50', { amounts: 'eu' }, '2500'],
  ['1,000', '2.50', { amounts: 'us' }, '2500'],
  [2, 0.1, { amounts: 'eu' }, '0.2'],
  ['-2', '-3', {}, '6'],
  ['-2', '0', {}, '0'],
  ['0.00001', '0.00001', {}, '0.0000000001'],
  [1e-9, 1, {}, '0.000000001'],
  ['2', 'two', {}, 'invalid_revenue: revenue is A*B: B must be an amount such as 24.99, not "two".'],
  ['2', '', {}, 'invalid_revenue: revenue is A*B: B must be an amount such as 24.99, not "".'],
  [
    '2',
    '2,50',
    {},
    'invalid_revenue: revenue is A*B: B must be an amount such as 24.99, not "2,50". --amounts eu reads it as 2.50.',
  ],
  [
    '-2',
    '0.10',
    {},
    'invalid_revenue: revenue is A*B and must be 0 or more, not -0.2. A refund cannot be imported on its own: subtract ' +
      'it from the amount of its sale, and leave this row out.',
  ],
  [
    '9'.repeat(101),
    '1',
    {},
    `invalid_revenue: revenue is A*B: A must be an amount such as 24.99, not "${'9'.repeat(40)}…".`,
  ],
])('the product of %j and %j with %j is %j', (A, B, options, expected) => {
  expect(convert({ A, B }, { ...PRODUCT, ...options })).toBe(expected);
});

test('a column has one currency, whatever the others have, and amounts without one fit all', () => {
  const { toRecord } = mapping();
  const row = { message_id: 'm', offer_id: 'o' };
  toRecord({ ...row, revenue: '5', payout: '1 EUR' }, 2);
  toRecord({ ...row, revenue: '$5', payout: '€1' }, 3);
  toRecord({ ...row, revenue: '5', payout: '1' }, 4);
  toRecord({ ...row, revenue: '5 $', payout: '1 €' }, 5);
  expect(() => toRecord({ ...row, revenue: '5', payout: '1 USD' }, 6)).toThrow(
    new CommandError(
      'h.csv, line 6: column payout has an amount in USD, but line 2 has one in EUR. Amounts are added up as they are: ' +
        'convert all of the column to one currency.',
    ),
  );
  expect(() => toRecord({ ...row, revenue: '5 CAD' }, 7)).toThrow(
    'h.csv, line 7: column revenue has an amount in CAD, but line 3 has one in $.',
  );
});

test('the factors of a product are columns with a currency, too', () => {
  const { toRecord } = mapping(PRODUCT);
  toRecord({ A: '2', B: '$5' }, 2);
  expect(() => toRecord({ A: '2', B: '£5' }, 3)).toThrow('column B has an amount in £, but line 2 has one in $.');
});
