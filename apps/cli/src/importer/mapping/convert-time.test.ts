import { expect, test } from 'vitest';

import { fileKinds } from '../kinds/index.ts';
import { createMapping } from './mapping.ts';
import type { MappingOptions } from './mapping-options.ts';

const OWN = ['message_id', 'offer_id', 'revenue'];
const row = { message_id: 'm', offer_id: 'o', revenue: '1' };

function mapping(options: Partial<MappingOptions>, columns: readonly string[]) {
  return createMapping(fileKinds.revenue, { map: {}, default: {}, ...options }, { file: 'f', columns });
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
  const undated = (columns: string[], options: Partial<MappingOptions> = {}) => mapping(options, [...OWN, ...columns]);
  expect(() => undated(['Order Date', 'created_at', 'note'])).toThrow(
    'f has no column for timestamp, and without one all records would be dated now. Its columns are message_id, offer_id, ' +
      "revenue, Order Date, created_at, note. Add --map 'timestamp=Order Date' or --map timestamp=created_at, or " +
      '--default timestamp=now if now is right, or --default timestamp=2024-01-31.',
  );
  const given = undated([], { default: { timestamp: '2024-01-31' } });
  expect(given.toRecord(row)).toEqual({ record: { ...row, timestamp: '2024-01-31' } });
  expect(undated([], { default: { timestamp: 'now' } }).toRecord(row)).toEqual({ record: row });
  const blank = { ...row, timestamp: ' ' };
  expect(undated(['timestamp']).toRecord(blank)).toMatchObject({ code: 'missing_timestamp' });
  expect(undated(['timestamp'], { default: { timestamp: 'now' } }).toRecord(blank)).toEqual({ record: row });
});
