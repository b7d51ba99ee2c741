import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fileKinds } from '../kinds/index.ts';
import { parseDefault, parseMap } from './pairs.ts';

test.each([
  ['message_id=InvoiceNo', { message_id: 'InvoiceNo' }],
  ['message_id=InvoiceNo,revenue=Quantity*UnitPrice', { message_id: 'InvoiceNo', revenue: 'Quantity*UnitPrice' }],
  ['message_id = Invoice No, offer_id =Offer', { message_id: ' Invoice No', offer_id: 'Offer' }],
  ['revenue=Total, EUR,payout=Cost, EUR', { revenue: 'Total, EUR', payout: 'Cost, EUR' }],
  ['revenue=a=b,offer_id=x', { revenue: 'a=b', offer_id: 'x' }],
  ['timestamp=day,\nUTC', { timestamp: 'day,\nUTC' }],
])('--map %j', (pairs, parsed) => {
  expect(parseMap(fileKinds.revenue, pairs)).toEqual(parsed);
});

test.each([
  ['', '"" does not have the form of message_id=InvoiceNo,revenue=Quantity*UnitPrice.'],
  ['message_id', '"message_id" does not have the form of message_id=InvoiceNo,revenue=Quantity*UnitPrice.'],
  ['message_id=', '"message_id=" does not have the form of message_id=InvoiceNo,revenue=Quantity*UnitPrice.'],
  [
    'Revenu=Total',
    'There is no field "Revenu"; did you mean revenue? ' +
      'The fields are message_id, offer_id, revenue, payout, attribution_type, timestamp.',
  ],
  ['revenue=A,revenue=B', 'revenue occurs twice.'],
])('--map %j is refused', (pairs, message) => {
  expect(() => parseMap(fileKinds.revenue, pairs)).toThrow(new InvalidArgumentError(message));
});

test('--default has values where --map has columns', () => {
  expect(parseDefault(fileKinds.revenue, 'attribution_type=migration, old,payout=0')).toEqual({
    attribution_type: 'migration, old',
    payout: '0',
  });
  expect(() => parseDefault(fileKinds.revenue, 'migration')).toThrow(
    new InvalidArgumentError('"migration" does not have the form of attribution_type=migration,payout=0.'),
  );
});

test('columns come back whatever commas and equals signs they have', () => {
  const columns = fc.string({ minLength: 1, unit: fc.constantFrom('a', 'B', ' ', ',', '=', '*', 'offer_id') });
  const known = columns.filter((column) => column.trim() !== '' && !/,\s*offer_id\s*=/.test(column));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...Object.keys(fileKinds.revenue.fields)), { minLength: 1 }),
      fc.array(known),
      (names, names2) => {
        const pairs = names.map((name, index) => [name, names2[index] ?? 'x'] as const);
        const text = pairs.map(([name, column]) => `${name}=${column}`).join(',');
        expect(parseMap(fileKinds.revenue, text)).toEqual(Object.fromEntries(pairs));
      },
    ),
  );
});
