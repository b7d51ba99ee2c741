import fc from 'fast-check';
import { expect, test } from 'vitest';

import { CommandError } from '../../terminal/command-error.ts';
import { fileKinds } from '../kinds/index.ts';
import { JsonNumber } from '../files/json/number.ts';
import { createMapping } from './mapping.ts';
import type { MappingOptions } from './mapping-options.ts';

const NONE: MappingOptions = { map: {}, default: {} };
const OWN = ['message_id', 'offer_id', 'revenue'];
const RETAIL = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'.split(',');
const row = { message_id: 'm', offer_id: 'o', revenue: '1' };

function mapping(options: Partial<MappingOptions>, columns: readonly string[]) {
  const given = { ...NONE, ...options, default: { timestamp: 'now', ...options.default } };
  return createMapping(fileKinds.revenue, given, { name: 'history.csv', columns });
}

test('fields come from the columns of their names, in order, and others are ignored', () => {
  const { toRecord, ignoredColumns } = mapping({}, ['note', 'revenue', 'Offer ID', 'Message-Id', 'note']);
  expect(ignoredColumns).toEqual(['note']);
  const result = toRecord({ note: 'x', revenue: '24.99', 'Offer ID': '7', 'Message-Id': 'm-1' });
  expect(JSON.stringify(result)).toBe('{"record":{"message_id":"m-1","offer_id":"7","revenue":"24.99"}}');
});

test('an exact name goes before one that is alike, and two that are alike are none', () => {
  expect(mapping({}, [...OWN, 'Revenue']).toRecord({ ...row, Revenue: '2' })).toEqual({ record: row });
  expect(() => mapping({}, ['message_id', 'offer_id', 'Revenue', 'REVENUE'])).toThrow(
    'history.csv has no column for revenue.',
  );
});

test('a retail export needs --map only', () => {
  const { toRecord, ignoredColumns } = mapping(
    {
      map: { message_id: 'InvoiceNo', offer_id: 'StockCode', revenue: 'Quantity*UnitPrice', timestamp: 'InvoiceDate' },
      default: { attribution_type: 'migration' },
      timezone: 'Europe/London',
      date_format: 'M/d/yy H:mm',
    },
    RETAIL,
  );
  expect(ignoredColumns).toEqual(['Description', 'CustomerID', 'Country']);
  const cells = ['536365', '85123A', 'T-LIGHT, WHITE', '6', '7/1/10 8:26', '2.55', '17850', 'United Kingdom'];
  expect(toRecord(Object.fromEntries(RETAIL.map((column, index) => [column, cells[index]])))).toEqual({
    record: {
      message_id: '536365',
      offer_id: '85123A',
      revenue: '15.3',
      attribution_type: 'migration',
      timestamp: '2010-07-01T07:26:00Z',
    },
  });
});

test('a column with an asterisk in its name is that column', () => {
  const { toRecord } = mapping({ map: { revenue: 'A*B' } }, ['message_id', 'offer_id', 'A*B', 'A', 'B']);
  expect(toRecord({ ...row, 'A*B': '5', A: '2', B: '3' })).toEqual({ record: { ...row, revenue: '5' } });
});

test('of a list of names the first that is there counts', () => {
  const map = { offer_id: ['network_offer_id', 'Offer'] };
  expect(mapping({ map }, [...OWN, 'offer']).toRecord({ ...row, offer: 'x' })).toEqual({
    record: { ...row, offer_id: 'x' },
  });
  expect(mapping({ map }, OWN).toRecord(row)).toEqual({ record: row });
});

test.each<[string, Partial<MappingOptions>, string[], string]>([
  [
    'all fields that are missing',
    {},
    RETAIL,
    'history.csv has no column for message_id, offer_id and revenue. Its columns are InvoiceNo, StockCode, ' +
      'Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country. Map columns to fields: ' +
      '--map message_id=COLUMN,offer_id=COLUMN,revenue=COLUMN',
  ],
  [
    'a column with a space, for a shell',
    {},
    ['message_id', 'Offer No', 'revenue'],
    'history.csv has no column for offer_id. Its columns are message_id, Offer No, revenue. ' +
      "Map columns to fields; the nearest by name: --map 'offer_id=Offer No'",
  ],
  [
    'more than there are columns',
    {},
    ['a'],
    'history.csv has no column for message_id, offer_id and revenue. Its columns are a. ' +
      'Map columns to fields: --map message_id=COLUMN,offer_id=COLUMN,revenue=COLUMN',
  ],
  [
    'a mapped column',
    { map: { revenue: 'unitprise' } },
    RETAIL,
    'history.csv has no column "unitprise" to read revenue from; did you mean UnitPrice? Its columns are ' +
      'InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country.',
  ],
  [
    'a factor',
    { map: { revenue: 'Quantity * Price' } },
    ['Quantity', 'UnitPrice'],
    'history.csv has no column "Price" to read revenue from; did you mean UnitPrice? ' +
      'Its columns are Quantity, UnitPrice.',
  ],
  [
    'a product of what is no amount',
    { map: { offer_id: 'A*B' } },
    ['A', 'B'],
    'history.csv has no column A*B, and offer_id cannot be a product: only revenue and payout can. ' +
      'Its columns are A, B.',
  ],
  [
    'which of two columns',
    {},
    [...OWN, 'revenue'],
    'history.csv has the column revenue twice, but revenue is read from it: rename one of the two.',
  ],
])('asks for %s', (_, options, columns, message) => {
  expect(() => mapping(options, columns)).toThrow(new CommandError(message));
});

test('shows some of many columns, shortened', () => {
  const columns = Array.from({ length: 140 }, (_, index) => `${index}${'x'.repeat(50)}`);
  expect(() => mapping({}, columns)).toThrow(/Its columns are 0x{39}…, 1x{39}…, .* 99x{38}… and 40 more\. Map columns/);
});

test('columns that are there twice do no harm when nobody asks for them', () => {
  expect(mapping({}, [...OWN, 'note', 'note']).ignoredColumns).toEqual(['note']);
});

test('a wrong timezone or format is refused before any row', () => {
  expect(() => mapping({ timezone: 'Berlin' }, OWN)).toThrow(
    'There is no timezone "Berlin"; did you mean Europe/Berlin?',
  );
  expect(() => mapping({ date_format: 'MM/DD/YYYY' }, OWN)).toThrow('did you mean MM/dd/yyyy?');
});

test.each(['', '  ', null, undefined])('%j is blank: a default, the text that says so, or no field', (blank) => {
  const columns = [...OWN, 'payout', 'timestamp', 'attribution_type'];
  const { toRecord } = mapping({ default: { offer_id: 'none', attribution_type: 'migration' } }, columns);
  const blanks = Object.fromEntries(columns.map((column) => [column, blank]));
  expect(toRecord(blanks)).toEqual({
    record: { message_id: '', offer_id: 'none', revenue: '', attribution_type: 'migration' },
  });
});

test('a default is enough for a field without a column', () => {
  const { toRecord } = mapping({ default: { offer_id: '7' } }, ['message_id', 'revenue']);
  expect(toRecord({ message_id: 'm', revenue: '1' })).toEqual({ record: { ...row, offer_id: '7' } });
});

test('a record of NDJSON can have a field that the first ones have not, and nothing that it inherits', () => {
  expect(mapping({}, OWN).toRecord({ ...row, payout: 5 })).toEqual({ record: { ...row, payout: 5 } });
  const inherited = mapping({ map: { payout: 'constructor' } }, [...OWN, 'constructor']);
  expect(inherited.toRecord(row)).toEqual({ record: row });
});

test.each<[Partial<MappingOptions>, Record<string, unknown>, string, string]>([
  [
    { map: { revenue: 'A*B' } },
    { A: '2', B: 'two' },
    'invalid_revenue',
    'revenue is A*B: B must be an amount such as 24.99, not "two".',
  ],
  [
    { map: { payout: 'A*B' }, decimal_comma: true },
    { A: '2,5', B: '' },
    'invalid_payout',
    'payout is A*B: B must be an amount such as 1.234,50, not "".',
  ],
  [
    { decimal_comma: true },
    { revenue: '1,234.56' },
    'invalid_revenue',
    'revenue must be an amount such as 1.234,50, not "1,234.56". --amounts us reads it as 1234.56.',
  ],
  [
    { date_format: 'M/d/yy' },
    { timestamp: '9'.repeat(50) },
    'invalid_timestamp',
    `timestamp must be a time in the format M/d/yy or in ISO 8601, not "${'9'.repeat(40)}…".`,
  ],
  [
    { timezone: 'Europe/Berlin' },
    { timestamp: 5 },
    'invalid_timestamp',
    'timestamp must be a time in ISO 8601, not "5".',
  ],
])('%j rejects %j', (options, values, code, error) => {
  const { toRecord } = mapping(options, [...OWN, 'A', 'B', 'timestamp']);
  expect(toRecord({ ...row, ...values })).toEqual({ code, error });
});

test('numbers of JSON are read in the given format', () => {
  const columns = [...OWN, 'timestamp'];
  const numbers = { ...row, revenue: 1.5, timestamp: 1_293_210_000 };
  expect(mapping({ decimal_comma: true, date_format: 'X' }, columns).toRecord(numbers)).toEqual({
    record: { ...numbers, timestamp: '2010-12-24T17:00:00Z' },
  });
});

test('numbers of JSON are text where a field is text, and keep their digits, whatever the form of amounts in text', () => {
  const numbers = {
    message_id: 42,
    offer_id: new JsonNumber('12345678901234567890'),
    revenue: new JsonNumber('1.500'),
  };
  const text = { message_id: '42', offer_id: '12345678901234567890', revenue: '1.500' };
  expect(mapping({}, OWN).toRecord(numbers)).toEqual({ record: text });
  expect(mapping({ decimal_comma: true }, OWN).toRecord(numbers)).toEqual({ record: text });
  const product = mapping({ decimal_comma: true, map: { revenue: 'revenue*A' } }, [...OWN, 'A']);
  expect(product.toRecord({ ...numbers, A: 2 })).toEqual({ record: { ...text, revenue: '3' } });
  expect(product.toRecord({ ...numbers, A: new JsonNumber('1e999') })).toEqual({
    code: 'invalid_revenue',
    error: 'revenue is revenue*A: A must be an amount such as 1.234,50, not "1e999".',
  });
});

test('whatever NDJSON holds, there is a record of the six fields or a rejection, and the same for the same', () => {
  const options = fc.constantFrom<Partial<MappingOptions>>(
    {},
    { map: { revenue: 'A*B', payout: ['A'], timestamp: 'B' }, decimal_comma: true, timezone: 'Europe/Berlin' },
    { map: { revenue: 'A*B*A' }, default: { payout: '5' }, date_format: 'X' },
    { map: { message_id: '__proto__' }, date_format: 'M/d/yy H:mm', timezone: 'America/New_York' },
  );
  const columns = [...OWN, 'payout', 'timestamp', 'A', 'B', '__proto__'];
  const values = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('2,5', '1e999', '12/1/10 8:26', -1),
  );
  const rows = fc.dictionary(fc.constantFrom(...columns, 'constructor'), values);
  fc.assert(
    fc.property(options, rows, (given, fieldsOfRow) => {
      const result = mapping(given, columns).toRecord(fieldsOfRow);
      expect(mapping(given, columns).toRecord(fieldsOfRow)).toEqual(result);
      const keys = 'record' in result ? Object.keys(result.record) : [];
      expect(keys).toEqual(Object.keys(fileKinds.revenue.fields).filter((field) => keys.includes(field)));
      expect('code' in result ? result.code : 'none').toMatch(/^(none|invalid_(revenue|payout|timestamp))$/);
    }),
    { numRuns: 1000 },
  );
});
