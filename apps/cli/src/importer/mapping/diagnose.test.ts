import { describe, expect, test } from 'vitest';

import { fileKinds } from '../kinds/index.ts';
import { createLaterDiagnosis, diagnose } from './diagnose.ts';
import type { MappingOptions } from './mapping-options.ts';

const COLUMNS = ['message_id', 'offer_id', 'revenue', 'payout', 'timestamp', 'A', 'B'];

/** Diagnoses rows from line 2 on. Times are always read, because the rows have a time zone. */
function diagnosisOf(
  rows: readonly Record<string, unknown>[],
  options: Partial<MappingOptions> = {},
  { isWhole = false } = {},
) {
  const given = { map: {}, default: {}, timezone: 'UTC', ...options };
  const records = rows.map((fields, index) => ({
    line: index + 2,
    fields: { message_id: 'm', offer_id: 'o', ...fields },
  }));
  return diagnose(fileKinds.revenue, given, { name: 'h.csv', columns: COLUMNS }, records, isWhole)?.message;
}

const revenues = (...values: unknown[]) => values.map((revenue) => ({ revenue }));
const times = (...values: unknown[]) => values.map((timestamp) => ({ revenue: '1', timestamp }));
const hundred = (value: string) => Array.from({ length: 100 }, () => value);

test.each<[string, Partial<MappingOptions>, string]>([
  ['1.234,50', {}, 'such as 24.99, not "1.234,50". Use --amounts eu, which reads it as 1234.50.'],
  ['12,50', {}, 'such as 24.99, not "12,50". Use --amounts eu, which reads it as 12.50.'],
  ['12,50 €', {}, 'such as 24.99, not "12,50 €". Use --amounts eu, which reads it as 12.50.'],
  ['$1,234.50', {}, 'such as 24.99, not "$1,234.50". Use --amounts us, which reads it as 1234.50.'],
  ["1'234.50", {}, `such as 24.99, not "1'234.50". Use --amounts ch, which reads it as 1234.50.`],
  [
    '12.50',
    { amounts: 'eu' },
    'Use the option that is meant: --amounts us reads "12.50" as 12.50, --amounts ch as 12.50.',
  ],
  [
    '1,234.50',
    { decimal_comma: true },
    'such as 1.234,50, not "1,234.50". Use --amounts us, which reads it as 1234.50.',
  ],
  [
    '1,234',
    {},
    'not "1,234". Use the option that is meant: --amounts us reads "1,234" as 1234, --amounts eu as 1.234.',
  ],
])('a file with %j alone, with %j, needs another option', (revenue, options, message) => {
  const diagnosis = diagnosisOf(revenues(revenue), options);
  expect(diagnosis).toMatch(/^h\.csv, line 2: revenue must be an amount such as /);
  expect(diagnosis?.slice(-message.length)).toBe(message);
});

test('a form must read all values; blank ones and refunds are no objection', () => {
  expect(diagnosisOf(revenues('1,234', '1,234.50', '12,345'))).toBe(
    'h.csv, line 2: revenue must be an amount such as 24.99, not "1,234". None of the first 3 values is. ' +
      'Use --amounts us, which reads it as 1234.',
  );
  expect(diagnosisOf(revenues('(5,00)', '', '12,50', '-1,00'))).toBe(
    'h.csv, line 4: revenue must be an amount such as 24.99, not "12,50". None of the first 3 values is. ' +
      'Use --amounts eu, which reads it as 12.50.',
  );
  expect(diagnosisOf(revenues('12,50', '1,234.50'))).toBeUndefined();
});

test('values that no known form reads stop an import only if there are twenty, or one in each row of the file', () => {
  const nineteen = revenues(...hundred('n/a').slice(0, 19));
  expect(diagnosisOf(nineteen)).toBeUndefined();
  expect(diagnosisOf(nineteen.slice(0, 1), {}, { isWhole: true })).toBeUndefined();
  expect(diagnosisOf(nineteen.slice(0, 2), {}, { isWhole: true })).toContain('None of the first 2 values is.');
  expect(diagnosisOf([...nineteen, { revenue: '' }], {}, { isWhole: true })).toBeUndefined();
  expect(diagnosisOf(nineteen, {}, { isWhole: true })).toContain(
    'None of the first 19 values is. Is revenue read from',
  );
  expect(diagnosisOf([...nineteen, { revenue: '' }, { revenue: 'n/a' }])).toContain('None of the first 20 values is.');
  expect(diagnosisOf(revenues(...hundred('n/a')))).toBe(
    'h.csv, line 2: revenue must be an amount such as 24.99, not "n/a". None of the first 100 values is. ' +
      'Is revenue read from the right column (--map)?',
  );
  expect(diagnosisOf(revenues(...hundred('(5.00)')))).toBe(
    'h.csv, line 2: revenue must be 0 or more, not "(5.00)". None of the first 100 values is. A refund cannot be ' +
      'imported on its own: subtract it from the amount of its sale, and leave this row out.',
  );
  expect(diagnosisOf(revenues(...hundred('1.5E+3')))).toContain('export the column again, as plain numbers');
  expect(diagnosisOf(times(...hundred('yesterday')))).toContain('Is timestamp read from the right column (--map)?');
});

test('a blank and a dirty value among the first hundred do not hide the form of the others', () => {
  expect(diagnosisOf(times('', '0/0/0000', ...hundred('1/13/2024').slice(2)))).toBe(
    'h.csv, line 4: timestamp must be a time in ISO 8601, not "1/13/2024". None of the first 99 values is. ' +
      'Use --date-format M/d/yyyy, which reads it as 2024-01-13T00:00:00Z.',
  );
  expect(diagnosisOf(times('yesterday', ...hundred('1/13/2024 9:05').slice(1)))).toContain(
    'Use --date-format "M/d/yyyy H:mm", which reads it as 2024-01-13T09:05:00Z.',
  );
  expect(diagnosisOf(revenues('n/a', ...hundred('12,50').slice(1)))).toContain('Use --amounts eu, which reads it as');
  const rest = hundred('12,50').slice(11);
  expect(diagnosisOf(revenues(...hundred('n/a').slice(89), ...rest))).toContain(
    'Is revenue read from the right column',
  );
});

test('a form must read most values, and of those that do, the one that reads more is meant', () => {
  const days = Array.from({ length: 98 }, (_, index) => `1/${index < 94 ? 12 : 13}/2024`);
  expect(diagnosisOf(times('0/0/0000', ...days))).toContain(
    'None of the first 99 values is. Use --date-format M/d/yyyy,',
  );
});

test('a file with one value that can be read begins, as do files without values', () => {
  expect(diagnosisOf(revenues('12.50', ...hundred('n/a')))).toBeUndefined();
  expect(diagnosisOf(revenues('24.99', '1,23,4.50'))).toBeUndefined();
  expect(diagnosisOf(revenues('', ' '))).toBeUndefined();
  expect(diagnosisOf([])).toBeUndefined();
});

test('rows with a problem do not count', () => {
  const fields = { revenue: '12,50' };
  const options = { map: {}, default: {} };
  const input = { name: 'h.csv', columns: COLUMNS };
  expect(diagnose(fileKinds.revenue, options, input, [{ line: 2, fields, problem: 'short' }], true)).toBeUndefined();
});

test('the option for one field must not harm another', () => {
  const rows = [
    { revenue: '12,50', payout: '1.5' },
    { revenue: '7,25', payout: '2' },
  ];
  expect(diagnosisOf(rows)).toBeUndefined();
  expect(diagnosisOf(rows.map((row) => ({ ...row, payout: '0,10' })))).toContain('Use --amounts eu');
});

test('a product is read like an amount', () => {
  const products = { map: { revenue: 'A*B' } };
  expect(diagnosisOf([{ A: '2', B: '1,50' }], products)).toBe(
    'h.csv, line 2: revenue is A*B: B must be an amount such as 24.99, not "1,50". ' +
      'Use --amounts eu, which reads it as 3.',
  );
  expect(diagnosisOf([{ A: '2', B: '1,500' }], products)).toContain(
    '--amounts us reads "2*1,500" as 3000, --amounts eu as 3.',
  );
});

test.each<[string[], string]>([
  [['1/13/2024', '1/2/2024'], 'Use --date-format M/d/yyyy, which reads it as 2024-01-13T00:00:00Z.'],
  [['13/1/2024', '1/2/2024'], 'Use --date-format d/M/yyyy, which reads it as 2024-01-13T00:00:00Z.'],
  [['31.12.2024 23:30'], 'Use --date-format "d.M.yyyy H:mm", which reads it as 2024-12-31T23:30:00Z.'],
  [['12/31/10 8:26'], 'Use --date-format "M/d/yy H:mm", which reads it as 2010-12-31T08:26:00Z.'],
  [['Jan 5, 2024'], 'Use --date-format "MMM d, yyyy", which reads it as 2024-01-05T00:00:00Z.'],
  [['1/31/2024 3:04 PM'], 'Use --date-format "M/d/yyyy h:mm a", which reads it as 2024-01-31T15:04:00Z.'],
  [['1704448800'], 'Use --date-format X, which reads it as 2024-01-05T10:00:00Z.'],
  [['1704448800000'], 'Use --date-format x, which reads it as 2024-01-05T10:00:00Z.'],
  [['20240105'], 'Use --date-format yyyyMMdd, which reads it as 2024-01-05T00:00:00Z.'],
  [
    ['1/1/2024', '2/3/2024'],
    'Use the option that is meant: --date-format M/d/yyyy reads "2/3/2024" as 2024-02-03T00:00:00Z, ' +
      '--date-format d/M/yyyy as 2024-03-02T00:00:00Z.',
  ],
])('times like %j need a format', (values, message) => {
  const diagnosis = diagnosisOf(times(...values));
  expect(diagnosis).toMatch(/^h\.csv, line [23]: timestamp must be a time in ISO 8601, not /);
  expect(diagnosis?.slice(-message.length)).toBe(message);
});

test('a wrong format is replaced by one that reads all times', () => {
  expect(diagnosisOf(times('31.12.2024', '1.1.2025'), { date_format: 'M/d/yyyy' })).toContain(
    'must be a time in the format M/d/yyyy or in ISO 8601, not "31.12.2024". None of the first 2 values is. ' +
      'Use --date-format d.M.yyyy, which reads it as 2024-12-31T00:00:00Z.',
  );
});

test('all that is wrong is said at once', () => {
  expect(diagnosisOf([{ revenue: '12,50', timestamp: '31.12.2024' }])).toBe(
    'h.csv, line 2: revenue must be an amount such as 24.99, not "12,50". Use --amounts eu, which reads it as 12.50. ' +
      'Also, line 2: timestamp must be a time in ISO 8601, not "31.12.2024". ' +
      'Use --date-format d.M.yyyy, which reads it as 2024-12-31T00:00:00Z.',
  );
});

test('a value that cannot be read stops the import if others would mean something else in its form', () => {
  expect(diagnosisOf(revenues('5', '1.234', '12,50'))).toBe(
    'h.csv, line 4: revenue must be an amount such as 24.99, not "12,50". Use --amounts eu, which reads it and the ' +
      'values around it, if "1.234" in line 3 is meant as 1234, not as 1.234; otherwise correct line 4.',
  );
  expect(diagnosisOf(times('1/2/2024', '13/2/2024'), { date_format: 'M/d/yyyy' })).toBe(
    'h.csv, line 3: timestamp must be a time in the format M/d/yyyy or in ISO 8601, not "13/2/2024". Use ' +
      '--date-format d/M/yyyy, which reads it and the values around it, if "1/2/2024" in line 2 is meant as ' +
      '2024-02-01T00:00:00Z, not as 2024-01-02T00:00:00Z; otherwise correct line 3.',
  );
  expect(diagnosisOf(revenues('24.99', '1,234.50'))).toBe(
    'h.csv, line 3: revenue must be an amount such as 24.99, not "1,234.50". Use --amounts us, which reads it as 1234.50, ' +
      'and the values around it as before; otherwise correct line 3.',
  );
  expect(diagnosisOf(revenues('1.234', '12,50', 'n/a'))).toBeUndefined();
  expect(diagnosisOf(revenues('1.234', '-5.00'))).toBeUndefined();
});

describe('later rows', () => {
  const rowsOf = (records: readonly Record<string, unknown>[]) =>
    records.map((fields, index) => ({ line: index + 200, fields: { message_id: 'm', offer_id: 'o', ...fields } }));
  const create = () => {
    const input = { name: 'h.csv', columns: COLUMNS };
    const find = createLaterDiagnosis(fileKinds.revenue, { map: {}, default: {} }, input);
    return async (...values: string[]) => {
      const rejections = values.map((_value, row) => ({ row, code: 'invalid_revenue' }));
      return (await find(rowsOf(revenues(...values)), rejections))?.message;
    };
  };

  test('stop the import if their form would read others differently, whatever else is among them', async () => {
    expect(await create()('5.000', 'n/a', '1.234,50', '-5')).toBe(
      'h.csv, line 202: revenue must be an amount such as 24.99, not "1.234,50". Use --amounts eu, which reads it and the ' +
        'values around it, if "5.000" in line 200 is meant as 5000, not as 5.000; otherwise correct line 202.',
    );
  });

  test('do not stop it if their form reads all others as before, or not at all', async () => {
    const find = create();
    for (const values of [['24.99', '1,234.50'], ['24.99', '1.234,50'], ['n/a'], ['1'], []]) {
      expect(await find(...values)).toBeUndefined();
    }
  });

  test('are looked at once for each shape', async () => {
    const find = create();
    expect(await find('24.99', '1.234,50')).toBeUndefined();
    expect(await find('5.000', '2.345,60')).toBeUndefined();
    expect(await find('5.000', '12.345,60')).toBeDefined();
  });

  test('let signals have their turn, however many shapes they have', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1));
    expect(await create()(...Array.from({ length: 300 }, (_value, index) => 'x'.repeat(index)))).toBeUndefined();
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });
});
