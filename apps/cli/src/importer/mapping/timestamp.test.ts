import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { expect, test } from 'vitest';

import { CommandError } from '../../terminal/command-error.ts';
import { createTimestampReader } from './timestamp.ts';
import { createClock } from './zone.ts';

test.each([
  ['UTC', undefined, '2025-11-15', '2025-11-15T00:00:00Z'],
  ['UTC', undefined, '2025-11-15 16:00', '2025-11-15T16:00:00Z'],
  ['Europe/Berlin', undefined, '2025-11-15', '2025-11-14T23:00:00Z'],
  ['Europe/Berlin', undefined, '2025-07-15T16:00:00.123456', '2025-07-15T14:00:00.123456Z'],
  ['Europe/Berlin', undefined, '2025-11-15T16:00:00Z', '2025-11-15T16:00:00Z'],
  ['Europe/Berlin', undefined, '2025-11-15 16:00:00+05', '2025-11-15T16:00:00+05'],
  ['Asia/Kolkata', 'dd.MM.yyyy HH:mm', '15.11.2025 16:00', '2025-11-15T10:30:00Z'],
  ['Asia/Kolkata', 'dd.MM.yyyy HH:mm', ' 2025-11-15T16:00 ', '2025-11-15T10:30:00Z'],
  ['Asia/Kolkata', 'yyyy-MM-dd HH:mm ZZ', '2025-11-15 16:00 +01:00', '2025-11-15T15:00:00Z'],
  ['Asia/Kolkata', 'X', '1293210000', '2010-12-24T17:00:00Z'],
  ['Asia/Kolkata', 'x', '1293210000250', '2010-12-24T17:00:00.250Z'],
  ['UTC', 'yyyy-dd-MM', '2025-04-05', '2025-05-04T00:00:00Z'],
  ['Asia/Kolkata', undefined, '2025-11-15 16:00:00 +0400', '2025-11-15T12:00:00Z'],
  ['Asia/Kolkata', undefined, '2025-11-15 16:00:00 UTC', '2025-11-15T16:00:00Z'],
  ['Asia/Kolkata', undefined, '2025-11-15 16:00 GMT+1', '2025-11-15T15:00:00Z'],
  ['Asia/Kolkata', undefined, '2025-11-15 16:00 utc-03:30', '2025-11-15T19:30:00Z'],
  ['Asia/Kolkata', 'M/d/yyyy h:mm a', '11/15/2025 4:00\u202FPM', '2025-11-15T10:30:00Z'],
  ['Asia/Kolkata', 'M/d/yyyy h:mm a', '11/15/2025 4:00 PM GMT', '2025-11-15T16:00:00Z'],
  ['Asia/Kolkata', 'd.M.yyyy H:mm', '15.11.2025 16:00 +0100', '2025-11-15T15:00:00Z'],
  ['UTC', undefined, '2025-11-15Z', '2025-11-15T00:00:00Z'],
  ['Asia/Kolkata', undefined, '2025-11-15 16:00:00.123456+00', '2025-11-15T16:00:00.123456+00'],
  ['UTC', undefined, '2025-11-15\u00A016:00', '2025-11-15T16:00:00Z'],
  ['Asia/Kolkata', 'd.M.yyyy H:mm', '15.11.2025\u202F16:00\u00A0UTC', '2025-11-15T16:00:00Z'],
  ['UTC', undefined, '2025-11-15 16:00:00,25', '2025-11-15T16:00:00.25Z'],
  ['UTC', undefined, '2025-11-15t16:00:00,25z', '2025-11-15T16:00:00.25Z'],
  ['UTC', undefined, '2025-11-15 16:00:00.25 +04', '2025-11-15T12:00:00.25Z'],
  ['UTC', undefined, '2025-11-15 16:00:00 +0400 UTC', undefined],
  ['UTC', undefined, '2025-11-15 16:00:00 +0000 UTC', '2025-11-15T16:00:00Z'],
  ['UTC', undefined, '2025-11-15 16:00:00 -0500 EST', '2025-11-15T21:00:00Z'],
  ['UTC', undefined, '2025-11-15T16:00+01:00[Europe/Berlin]', '2025-11-15T15:00:00Z'],
  ['UTC', undefined, '2025-11-15 16:00 GMT+530', '2025-11-15T10:30:00Z'],
  ['UTC', 'EEE MMM d yyyy H:mm:ss', 'Sat Nov 15 2025 16:00:00 GMT+0100 (CET)', '2025-11-15T15:00:00Z'],
  ['UTC', 'yyyyMMddHHmmss', '20251115160000+0100', '2025-11-15T15:00:00Z'],
  ['UTC', 'M/d/yyyy h:mm a', '11/15/2025 4:00 p.m.', '2025-11-15T16:00:00Z'],
  ['UTC', 'M/d/yyyy h:mm a', '11/15/2025 4:00\u00A0p.\u00A0m.', '2025-11-15T16:00:00Z'],
  ['UTC', 'M/d/yyyy h:mm a', '11/15/2025 4:00pm', '2025-11-15T16:00:00Z'],
  ['UTC', 'M/d/yyyy h:mma', '11/15/2025 4:00 PM', '2025-11-15T16:00:00Z'],
  ['UTC', 'yyyy-MM-dd a h:mm', '2025-11-15 PM 4:00', '2025-11-15T16:00:00Z'],
  ['UTC', 'M/d/yyyy h:mm a', '11/15/2025 4:00 a.m. +0100', '2025-11-15T03:00:00Z'],
  ['UTC', 'd MMM yyyy h:mm a', '5 Apr 2025 4:00 P.M.', '2025-04-05T16:00:00Z'],
  ['Europe/Berlin', 'excel', '45296,4166666667', '2024-01-05T09:00:00Z'],
  ['UTC', 'excel', '45296.41', '2024-01-05T09:50:24Z'],
  ['UTC', 'excel', '45296.4166666667', '2024-01-05T10:00:00Z'],
  ['UTC', 'excel', '45296.41667', '2024-01-05T10:00:00Z'],
  ['Europe/Berlin', 'excel', '45296', '2024-01-04T23:00:00Z'],
])('in %s, with format %s, %j is %s', (timezone, format, text, timestamp) => {
  expect(createTimestampReader(timezone, format)(text)).toBe(timestamp);
});

test.each([
  [undefined, '15.11.2025'],
  [undefined, '2025-02-30'],
  [undefined, '2025-11-15T24:00'],
  [undefined, '1969-12-31'],
  ['M/d/yy', '2025/11/15'],
  ['y-M-d', '123456-1-1'],
  ['X', '999999999999999'],
  ['excel', '1704448800'],
  ['excel', '4.5296E+4'],
  ['excel', '20000'],
  [undefined, '2025-11-15 16:00 EST'],
  [undefined, '16:00 UTC'],
  // Offsets that no clock has.
  [undefined, '2025-11-15 16:00 +9900'],
  [undefined, '2025-11-15 16:00 +0460'],
  [undefined, '2025-11-15 16:00 GMT+99'],
  [undefined, '2025-02-30T16:00:00Z'],
  // What follows the sign may be a time of day.
  ['yyyy-M-d H', '2025-1-5 10-12'],
  ['yyyyMMdd', '20250105-0930'],
  ['d-M-yy', '5-1-25-05'],
])('with format %s, %j is no time', (format, text) => {
  expect(createTimestampReader('UTC', format)(text)).toBeUndefined();
});

test.each([
  // 2:00 to 3:00 did not exist, and existed twice.
  ['Europe/Berlin', '2025-03-30T02:30', '2025-03-30T01:30:00Z'],
  ['Europe/Berlin', '2025-10-26T02:30', '2025-10-26T00:30:00Z'],
  ['Europe/Berlin', '2025-10-26T01:59:59', '2025-10-25T23:59:59Z'],
  ['Europe/Berlin', '2025-10-26T03:00', '2025-10-26T02:00:00Z'],
  ['America/New_York', '2025-03-09T02:30', '2025-03-09T07:30:00Z'],
  ['America/New_York', '2025-11-02T01:30', '2025-11-02T05:30:00Z'],
  // Half an hour, and a day that begins at 1:00.
  ['Australia/Lord_Howe', '2025-04-06T01:45', '2025-04-05T14:45:00Z'],
  ['America/Santiago', '2025-09-07', '2025-09-07T04:00:00Z'],
  // A day that was left out.
  ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00:00Z'],
])('in %s, which changed its clocks, %s is %s', (timezone, text, timestamp) => {
  expect(createTimestampReader(timezone)(text)).toBe(timestamp);
});

test.each([
  ['Berlin', 'There is no timezone "Berlin"; did you mean Europe/Berlin?'],
  ['America/New York', 'There is no timezone "America/New York"; did you mean America/New_York?'],
  ['+02:00', 'There is no timezone "+02:00"; did you mean'],
])('there is no timezone %s', (timezone, message) => {
  expect(() => createClock(timezone)).toThrow(message);
  expect(() => createClock(timezone)).toThrow(CommandError);
});

const zones = fc.constantFrom('UTC', ...Intl.supportedValuesOf('timeZone'));
const formats = fc.constantFrom(
  'M/d/yyyy H:mm:ss.SSS',
  'dd.MM.yyyy HH:mm:ss.SSS',
  'MMM d, yyyy h:mm:ss.SSS a',
  "yyyy-MM-dd'T'HH:mm:ss.SSS",
  'yyyy-ooo HHmmssSSS',
  'yyyy-MM-dd HH:mm:ss.SSS ZZ',
  'x',
);
/** Before 1972 Monrovia's clocks went 44 minutes and 30 seconds after, which `ZZ` cannot write. */
const instants = fc.integer({ min: Date.UTC(1973), max: Date.UTC(2100) });

const readers = new Map<string, (text: string) => string | undefined>();
function readerOf(timezone: string, format: string): (text: string) => string | undefined {
  const key = `${timezone} ${format}`;
  const reader = readers.get(key) ?? createTimestampReader(timezone, format);
  readers.set(key, reader);
  return reader;
}

/** Of the instants at which the clock showed this time, the first; the very one when the format says which. */
function expectedFor(time: DateTime, format: string): number {
  if (format === 'x' || format.endsWith('ZZ')) return time.toMillis();
  return Math.min(...time.getPossibleOffsets().map((possible) => possible.toMillis()));
}

test('any instant comes back from any zone and format', () => {
  fc.assert(
    fc.property(instants, zones, formats, (instant, timezone, format) => {
      const time = DateTime.fromMillis(instant, { zone: timezone, locale: 'en-US' });
      const read = readerOf(timezone, format)(time.toFormat(format));
      expect(Date.parse(read ?? '')).toBe(expectedFor(time, format));
    }),
    { numRuns: 2000 },
  );
});

test('instants around a change of the clocks come back, the first where a clock showed a time twice', () => {
  const tenthsOfHours = fc.integer({ min: -30, max: 30 });
  let twice = 0;
  fc.assert(
    fc.property(instants, zones, formats, tenthsOfHours, (instant, timezone, format, tenths) => {
      const change = changeWithin(timezone, instant, instant + 200 * DAY_MS);
      if (change === undefined) return;
      const time = DateTime.fromMillis(change + tenths * 360_000, { zone: timezone, locale: 'en-US' });
      const read = readerOf(timezone, format)(time.toFormat(format));
      expect(Date.parse(read ?? '')).toBe(expectedFor(time, format));
      if (expectedFor(time, format) !== time.toMillis()) twice += 1;
    }),
    { numRuns: 2000 },
  );
  expect(twice).toBeGreaterThan(20);
});

const DAY_MS = 86_400_000;

/** A millisecond at which a zone has another offset than before, when it has at the end. */
function changeWithin(timezone: string, from: number, to: number): number | undefined {
  const zone = IANAZone.create(timezone);
  let [before, after] = [from, to];
  if (zone.offset(before) === zone.offset(after)) return undefined;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zone.offset(middle) === zone.offset(from)) before = middle;
    else after = middle;
  }
  return after;
}
