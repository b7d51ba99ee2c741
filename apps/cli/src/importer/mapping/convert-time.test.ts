import fc from 'fast-check';
import { expect, test } from 'vitest';

import { CommandError } from '../../terminal/command-error.ts';
import { JsonNumber } from '../files/json/number.ts';
import { fileKinds } from '../kinds/index.ts';
import { createMapping } from './mapping.ts';
import type { MappingOptions } from './mapping-options.ts';

const NONE: MappingOptions = { map: {}, default: {} };
const OWN = ['message_id', 'offer_id', 'revenue'];
const row = { message_id: 'm', offer_id: 'o', revenue: '1' };

function mapping(options: Partial<MappingOptions>, columns: readonly string[]) {
  const given = { ...NONE, ...options, default: { timestamp: 'now', ...options.default } };
  return createMapping(fileKinds.revenue, given, { name: 'history.csv', columns });
}

test('times that the API takes go as they are, and others without a zone are in UTC', () => {
  const { toRecord } = mapping({}, [...OWN, 'timestamp']);
  const read = (timestamp: string) => {
    const result = toRecord({ ...row, timestamp });
    return 'record' in result ? result.record['timestamp'] : result.code;
  };
  for (const time of ['2024-01-05', '2024-01-05T10:00', '2024-01-05T10:00:00.25Z', '2024-01-05T10:00:00+04:00']) {
    expect(read(time)).toBe(time);
  }
  expect(read('2024-01-05 10:00:00')).toBe('2024-01-05T10:00:00Z');
  expect(read('yesterday')).toBe('invalid_timestamp');
});

test('a date and a time can be in two columns', () => {
  const columns = [...OWN, 'Day', 'Time'];
  const { toRecord } = mapping({ map: { timestamp: 'Day+Time' } }, columns);
  expect(toRecord({ ...row, Day: '2024-01-05', Time: '10:00' })).toEqual({
    record: { ...row, timestamp: '2024-01-05T10:00:00Z' },
  });
  expect(toRecord({ ...row, Day: '2024-01-05', Time: ' ' })).toEqual({ record: { ...row, timestamp: '2024-01-05' } });
  expect(() => mapping({ map: { timestamp: 'Day+Hour' } }, columns)).toThrow('no column "Hour" to read timestamp from');
  expect(() => mapping({ map: { message_id: 'Day+Time' } }, columns)).toThrow('no column "Day+Time"');
});

test('a file without a time is asked for one', () => {
  const undated = (columns: string[], options: Partial<MappingOptions> = {}) =>
    createMapping(fileKinds.revenue, { ...NONE, ...options }, { name: 'f', columns: [...OWN, ...columns] });
  expect(() => undated(['Order Date', 'created_at', 'note'])).toThrow(
    'f has no column for timestamp, and without one all records would be dated now. Its columns are message_id, offer_id, ' +
      "revenue, Order Date, created_at, note. Add --map 'timestamp=Order Date' or --map timestamp=created_at, or " +
      '--default timestamp=now if now is right, or --default timestamp=2024-01-31.',
  );
  const given = undated([], { default: { timestamp: '2024-01-31' } });
  expect(given.toRecord(row)).toEqual({ record: { ...row, timestamp: '2024-01-31T00:00:00Z' } });
  expect(undated([], { default: { timestamp: 'now' } }).toRecord(row)).toEqual({ record: row });
  const blank = { ...row, timestamp: ' ' };
  expect(undated(['timestamp']).toRecord(blank)).toMatchObject({ code: 'missing_timestamp' });
  expect(undated(['timestamp'], { default: { timestamp: 'now' } }).toRecord(blank)).toEqual({ record: row });
});

test.each(['Order Date', 'paidAt', 'properties.occurredAt', 'Paid at', 'Created (UTC)', 'Bestelldatum', 'Day', 'ts'])(
  'for the time that is asked for, %s is suggested',
  (column) => {
    const create = () => createMapping(fileKinds.revenue, NONE, { name: 'f', columns: [...OWN, 'note', column] });
    expect(create).toThrow(/ Add --map '?timestamp=/);
    expect(create).toThrow(`timestamp=${column}`);
  },
);

test('a file in which nothing looks like a time is asked for a column', () => {
  const create = () => createMapping(fileKinds.revenue, NONE, { name: 'f', columns: [...OWN, 'Location', 'category'] });
  expect(create).toThrow('Add --map timestamp=COLUMN, or --default timestamp=now');
});

test.each<[string, Partial<MappingOptions>, string | undefined]>([
  ['now', {}, undefined],
  [' now ', { date_format: 'd.M.yyyy' }, undefined],
  ['2024-01-31', { timezone: 'Europe/Berlin' }, '2024-01-30T23:00:00Z'],
  ['31.1.2024', { date_format: 'd.M.yyyy' }, '2024-01-31T00:00:00Z'],
  ['2024-01-31', { date_format: 'X' }, '2024-01-31T00:00:00Z'],
  ['2024-01-31 10:00 +0200', {}, '2024-01-31T08:00:00Z'],
])('the default time %j is read as in the file, with %j', (given, options, timestamp) => {
  const columns = [...OWN, 'timestamp'];
  const { toRecord } = mapping({ ...options, default: { timestamp: given } }, columns);
  const record = timestamp === undefined ? row : { ...row, timestamp };
  expect(toRecord({ ...row, timestamp: ' ' })).toEqual({ record });
});

test.each<[string, Partial<MappingOptions>, string]>([
  ['yesterday', {}, '--default timestamp=yesterday: it must be now, or a time in ISO 8601.'],
  ['2024-02-30', {}, '--default timestamp=2024-02-30: it must be now, or a time in ISO 8601.'],
  [
    '1/31/24',
    { date_format: 'd.M.yy' },
    '--default timestamp=1/31/24: it must be now, or a time in the format d.M.yy or in ISO 8601.',
  ],
])('the default time %j is refused before any row', (given, options, error) => {
  expect(() => mapping({ ...options, default: { timestamp: given } }, OWN)).toThrow(new CommandError(error));
});

test.each([
  ['2024-01-05 10:00:00 EST', 'EST'],
  ['2024-01-05 10:00 (PST)', 'PST'],
])('%j is rejected, for several zones have this name', (timestamp, name) => {
  const { toRecord } = mapping({}, [...OWN, 'timestamp']);
  expect(toRecord({ ...row, timestamp })).toEqual({
    code: 'invalid_timestamp',
    error:
      `timestamp must be a time in ISO 8601, not "${timestamp}". ${name} does not name one zone: end --date-format ` +
      `with '${name}' in quotes, and give the zone with --timezone, such as America/New_York.`,
  });
});

test('the advice about a zone such as EST works, and other words get none', () => {
  const options = { date_format: "yyyy-MM-dd H:mm 'EST'", timezone: 'America/New_York' };
  expect(mapping(options, [...OWN, 'timestamp']).toRecord({ ...row, timestamp: '2024-01-05 10:00 EST' })).toEqual({
    record: { ...row, timestamp: '2024-01-05T15:00:00Z' },
  });
  const { toRecord } = mapping({ date_format: 'd.M.yyyy H:mm' }, [...OWN, 'timestamp']);
  for (const timestamp of ['5.1.2024 10:00 Uhr', '5.1.2024 10:00 AM']) {
    expect(toRecord({ ...row, timestamp })).toMatchObject({ error: expect.stringMatching(/"\.$/) });
  }
});

test('a date and a time can be in two keys of JSON, and a column with + in its name is that column', () => {
  const columns = [...OWN, 'Day', 'Time'];
  const options = { map: { timestamp: 'Day+Time' }, date_format: 'yyyyMMdd H:mm', timezone: 'Europe/Berlin' };
  expect(mapping(options, columns).toRecord({ ...row, Day: new JsonNumber('20240105'), Time: '10:00' })).toEqual({
    record: { ...row, timestamp: '2024-01-05T09:00:00Z' },
  });
  const literal = mapping({ map: { timestamp: 'Day+Time' } }, [...columns, 'Day+Time']);
  expect(literal.toRecord({ ...row, Day: 'x', Time: 'y', 'Day+Time': '2024-01-05' })).toEqual({
    record: { ...row, timestamp: '2024-01-05' },
  });
  const { toRecord } = mapping({ map: { timestamp: 'Day+Time' } }, columns);
  expect(toRecord({ ...row, Day: '', Time: '10:00' })).toMatchObject({ code: 'invalid_timestamp' });
  expect(toRecord({ ...row, Day: '', Time: ' ' })).toEqual({ record: row });
});

/** Writes instants without any library that reads them. */
const two = (value: number) => String(value).padStart(2, '0');
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const parts = (instant: number) => {
  const at = new Date(instant);
  const [month, day, hour] = [at.getUTCMonth(), at.getUTCDate(), at.getUTCHours()];
  return {
    year: String(at.getUTCFullYear()),
    month,
    day,
    hour,
    clock: `${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`,
    iso: `${at.getUTCFullYear()}-${two(month + 1)}-${two(day)}`,
  };
};
const halves = ['AM PM', 'am pm', 'a.m. p.m.', 'A.M. P.M.'];

interface Form {
  format?: string;
  write: (instant: number, pick: number) => string;
}
const FORMS: Form[] = [
  { write: (instant) => (({ iso, hour, clock }) => `${iso}T${two(hour)}:${clock}`)(parts(instant)) },
  { write: (instant) => (({ iso, hour, clock }) => `${iso} ${two(hour)}:${clock}`)(parts(instant)) },
  {
    format: 'M/d/yyyy h:mm:ss a',
    write(instant, pick) {
      const { year, month, day, hour, clock } = parts(instant);
      const space = [' ', '\u00A0', '\u202F', ''][pick % 4];
      const half = halves[pick % halves.length]?.split(' ')[hour < 12 ? 0 : 1];
      return `${month + 1}/${day}/${year} ${hour % 12 || 12}:${clock}${space}${half}`;
    },
  },
  {
    format: 'd.M.yyyy H:mm:ss',
    write: (instant) =>
      (({ year, month, day, hour, clock }) => `${day}.${month + 1}.${year} ${hour}:${clock}`)(parts(instant)),
  },
  {
    format: 'MMM d, yyyy HH:mm:ss',
    write: (instant) =>
      (({ year, month, day, hour, clock }) =>
        `${MONTHS.slice(month * 3, month * 3 + 3)} ${day}, ${year} ${two(hour)}:${clock}`)(parts(instant)),
  },
];

/** How a time ends that many minutes ahead of UTC. */
function zonesOf(minutes: number): string[] {
  const [sign, hours, rest] = [
    minutes < 0 ? '-' : '+',
    Math.floor(Math.abs(minutes) / 60),
    two(Math.abs(minutes) % 60),
  ];
  const utc = minutes === 0 ? ['Z', ' Z', ' UTC', 'UTC', ' GMT', ' +0000 UTC'] : [];
  const hoursAlone = rest === '00' ? [`${sign}${two(hours)}`, ` GMT${sign}${hours}`, ` UTC${sign}${two(hours)}`] : [];
  const offset = `${sign}${two(hours)}`;
  return [
    ...utc,
    ...hoursAlone,
    `${offset}:${rest}`,
    ` ${offset}${rest}`,
    ` GMT${offset}:${rest}`,
    ` GMT${offset}${rest} (Some Time)`,
    `${offset}:${rest}[Some/Where]`,
  ];
}

const seconds = fc.integer({ min: Date.UTC(1970, 0, 2) / 1000, max: Date.UTC(2099, 11, 30) / 1000 });
const quarters = fc.integer({ min: -12 * 4, max: 14 * 4 });

test('any second comes back from each form, with each way to write a zone or none, whatever the time zone', () => {
  const readers = FORMS.map(({ format }) =>
    mapping({ ...(format !== undefined && { date_format: format }), timezone: 'Etc/GMT-3' }, [...OWN, 'timestamp']),
  );
  fc.assert(
    fc.property(seconds, fc.nat(), quarters, fc.nat(), (second, which, quarter, pick) => {
      const instant = second * 1000;
      const zones = zonesOf(quarter * 15);
      const [form, zone] = [FORMS[which % FORMS.length], zones[pick % zones.length] ?? ''];
      const written = [
        `${form?.write(instant + quarter * 15 * 60_000, pick)}${zone}`,
        `${form?.write(instant + 3 * 3_600_000, pick)}`,
      ];
      for (const timestamp of written) {
        const result = readers[which % FORMS.length]?.toRecord({ ...row, timestamp });
        const read = result && 'record' in result ? String(result.record['timestamp']) : JSON.stringify(result);
        // Date.parse does not know offsets of hours alone.
        expect(Date.parse(read.replace(/([+-]\d\d)$/, '$1:00'))).toBe(instant);
      }
    }),
    { numRuns: 3000 },
  );
});

test('any second comes back from Excel, however many digits it writes from six on', () => {
  const { toRecord } = mapping({ date_format: 'excel' }, [...OWN, 'timestamp']);
  fc.assert(
    fc.property(seconds, fc.integer({ min: 6, max: 15 }), fc.boolean(), (second, digits, hasComma) => {
      const serial = (second / 86_400 + 25_569).toFixed(digits);
      const timestamp = hasComma ? serial.replace('.', ',') : serial;
      const written = new Date(second * 1000).toISOString().replace('.000', '');
      expect(toRecord({ ...row, timestamp })).toEqual({ record: { ...row, timestamp: written } });
    }),
    { numRuns: 2000 },
  );
});
