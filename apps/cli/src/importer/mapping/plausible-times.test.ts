import { expect, test } from 'vitest';

import { fileKinds } from '../kinds/index.ts';
import { findWrongUnit } from './plausible-times.ts';

const NOW = Date.UTC(2025, 5, 1);

function find(format: string | undefined, ...times: unknown[]) {
  const options = { map: {}, default: {}, ...(format !== undefined && { date_format: format }) };
  const columns = ['message_id', 'offer_id', 'revenue', 'timestamp'];
  const rows = times.map((timestamp, index) => ({ line: index + 2, fields: { timestamp } }));
  return findWrongUnit(fileKinds.revenue, options, { name: 'f', columns }, rows, NOW)?.message;
}

test.each<[string, string | number, string, string]>([
  ['x', '1704448800', '1970-01-20T17:27:28', 'X (seconds since 1970), which reads it as 2024-01-05T10:00:00'],
  ['X', '45296.41', '1970-01-01T12:34:56', "excel (Excel's days), which reads it as 2024-01-05T09:50:24"],
  ['x', '45296.41', 'no time', "excel (Excel's days), which reads it as 2024-01-05T09:50:24"],
  ['X', 1_704_448_800_000, '+055981-', 'x (milliseconds since 1970), which reads it as 2024-01-05T10:00:00'],
  ['excel', '1704448800', 'no time', 'X (seconds since 1970), which reads it as 2024-01-05T10:00:00'],
])('with %s, %j is in another unit', (format, time, read, better) => {
  const message = find(format, time, time, '');
  expect(message).toContain(`f, line 2: --date-format ${format} reads the timestamp "${time}" as ${read}`);
  expect(message).toContain(`Use --date-format ${better}.`);
});

test.each<[string | undefined, unknown[]]>([
  ['X', ['1704448800', '1704448801']],
  // 1998, and in no other unit.
  ['X', ['883612800']],
  ['x', ['1704448800', '1704448800000']],
  ['M/d/yyyy', ['1/2/1998']],
  [undefined, ['1704448800']],
  ['X', ['', undefined]],
])('with %s, %j stays', (format, times) => {
  expect(find(format, ...times)).toBeUndefined();
});
