import { DateTime } from 'luxon';
import { expect, test } from 'vitest';

import { createDateFormat } from './date-format.ts';
import { KNOWN_DATE_FORMATS } from './known-date-formats.ts';

const TIME = Date.UTC(2024, 10, 23, 15, 6, 7, 89);

/** Luxon cannot write Excel's days. */
const WRITTEN = KNOWN_DATE_FORMATS.filter((format) => format !== 'excel');

test.each(WRITTEN)('%s is a format, and reads what it writes', (format) => {
  const written = DateTime.fromMillis(TIME, { zone: 'utc', locale: 'en-US' }).toFormat(format);
  const read = createDateFormat(format).read(written);
  expect(new Date(read ?? 0).toISOString().slice(0, 10)).toBe('2024-11-23');
});

test('no format is there twice', () => {
  expect(new Set(KNOWN_DATE_FORMATS).size).toBe(KNOWN_DATE_FORMATS.length);
});

test.each([
  ['M/d/yyyy', '1/5/2024'],
  ['M/d/yy H:mm', '7/1/10 8:26'],
  ['d.M.yyyy', '31.12.2024'],
  ['d.M.yyyy H:mm', '31.12.2024 23:30'],
  ['yyyy/M/d', '2024/01/05'],
  ['yyyy/M/d H:mm:ss', '2024/01/05 10:00:00'],
  ['d-MMM-yy', '05-Jan-24'],
  ['MMM d, yyyy', 'Jan 5, 2024'],
  ['MMM d, yyyy h:mm a', 'Jan 5, 2024 3:04 PM'],
  ['M/d/yyyy, h:mm:ss a', '1/5/2024, 3:04:05 PM'],
  ['d MMM yyyy H:mm:ss', '5 Jan 2024 15:04:05'],
  ['yyyyMMdd', '20240105'],
  ['X', '1704448800'],
  ['x', '1704448800000'],
])('%s, which reads %j, is known', (format, text) => {
  expect(KNOWN_DATE_FORMATS).toContain(format);
  expect(createDateFormat(format).read(text)).toBeTypeOf('number');
});
