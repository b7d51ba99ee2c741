import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseTimestamp } from './timestamp.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const DAY_SECONDS = 86_400;

interface Moment {
  year: number;
  month: number;
  day: number;
  /** Undefined: the text is a date. */
  time?: { hour: number; minute: number; second: number; fraction: string; zone: Zone };
}

/** Undefined: no zone. */
type Zone = { sign: 1 | -1; hour: number; minute: number } | 'Z' | undefined;

const two = (value: number) => String(value).padStart(2, '0');

function write({ year, month, day, time }: Moment): string {
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (!time) return date;
  const fraction = time.fraction && `.${time.fraction}`;
  return `${date}T${two(time.hour)}:${two(time.minute)}:${two(time.second)}${fraction}${writeZone(time.zone)}`;
}

function writeZone(zone: Zone): string {
  if (zone === undefined || zone === 'Z') return zone ?? '';
  return `${zone.sign === 1 ? '+' : '-'}${two(zone.hour)}:${two(zone.minute)}`;
}

/** Counted day by day, from what the Gregorian calendar is; no Date involved. */
function daysSince1970({ year, month, day }: Moment): number | undefined {
  const isLeap = (y: number) => y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  const monthLengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (day < 1 || day > (monthLengths[month - 1] ?? 0)) return undefined;
  let days = day - 1;
  for (const length of monthLengths.slice(0, month - 1)) days += length;
  for (let y = 1970; y < year; y += 1) days += isLeap(y) ? 366 : 365;
  for (let y = year; y < 1970; y += 1) days -= isLeap(y) ? 366 : 365;
  return days;
}

function secondsSince1970(moment: Moment): number | undefined {
  const days = daysSince1970(moment);
  if (days === undefined) return undefined;
  if (!moment.time) return days * DAY_SECONDS;
  const { hour, minute, second, zone } = moment.time;
  const offset = typeof zone === 'object' ? zone : { sign: 1, hour: 0, minute: 0 };
  if (hour > 23 || minute > 59 || second > 59 || offset.hour > 23 || offset.minute > 59) return undefined;
  const offsetSeconds = offset.sign * (offset.hour * 60 + offset.minute) * 60;
  return days * DAY_SECONDS + (hour * 60 + minute) * 60 + second - offsetSeconds;
}

const between = (min: number, max: number) => fc.integer({ min, max });
const zone = fc.oneof(
  fc.constantFrom<Zone>(undefined, 'Z'),
  fc.record<Zone & object>({ sign: fc.constantFrom(1, -1), hour: between(0, 24), minute: between(0, 60) }),
);
const time = fc.record({
  hour: between(0, 24),
  minute: between(0, 60),
  second: between(0, 60),
  fraction: fc.oneof(fc.constant(''), fc.stringMatching(/^[0-9]{0,9}$/)),
  zone,
});
const moments: fc.Arbitrary<Moment> = fc
  .record({ year: fc.oneof(between(1968, 2028), between(0, 9999)), month: between(0, 13), day: between(0, 32) })
  .chain((date) =>
    fc.oneof(
      fc.constant(date),
      time.map((value) => ({ ...date, time: value })),
    ),
  );

describe('a timestamp', () => {
  test('is the instant that the calendar says, or is refused', () => {
    let accepted = 0;
    fc.assert(
      fc.property(moments, (moment) => {
        const seconds = secondsSince1970(moment);
        const isAllowed = seconds !== undefined && seconds >= 0 && seconds * 1000 <= NOW + DAY_SECONDS * 1000;
        const parsed = parseTimestamp(write(moment), NOW);
        expect(parsed !== undefined).toBe(isAllowed);
        if (parsed === undefined) return;

        accepted += 1;
        expect(parsed).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/);
        expect(Date.parse(`${parsed.slice(0, 19)}Z`) / 1000).toBe(seconds);
        const fraction = moment.time?.fraction.slice(0, 6) ?? '';
        expect(parsed.slice(19)).toBe(fraction === '' ? 'Z' : `.${fraction}Z`);
      }),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(2000);
  });

  test.for(['2025-02-29', '2024-02-30', '2025-04-31', '2025-13-01', '2025-00-01', '2025-01-00', '2025-01-32'])(
    'is refused on %s, which is no day',
    (day) => {
      for (const text of [day, `${day}T00:00:00Z`, `${day}T12:00`]) expect(parseTimestamp(text, NOW)).toBeUndefined();
    },
  );

  test.for(['24:00:00', '23:60:00', '23:59:60'])('is refused at %s, which is no time', (hour) => {
    for (const offset of ['Z', '', '+01:00'])
      expect(parseTimestamp(`2025-01-15T${hour}${offset}`, NOW)).toBeUndefined();
  });

  test('may lie a day ahead and no more', () => {
    expect(parseTimestamp('2026-01-16T12:00:00Z', NOW)).toBe('2026-01-16T12:00:00Z');
    expect(parseTimestamp('2026-01-16T12:00:01Z', NOW)).toBeUndefined();
  });

  test('is refused as any text that JavaScript writes for a Date, but the ISO one', () => {
    const dates = fc.date({ min: new Date(0), max: new Date(NOW), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseTimestamp(date.toISOString(), NOW)).toBe(date.toISOString());
        for (const text of [date.toString(), date.toUTCString(), date.toLocaleDateString(), String(Number(date))]) {
          expect(parseTimestamp(text, NOW)).toBeUndefined();
        }
      }),
    );
  });
});
