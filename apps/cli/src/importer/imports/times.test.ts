import { expect, test } from 'vitest';

import { drawTimes, Times } from './times.ts';

function summaryOf(...times: string[]) {
  const counted = new Times();
  for (const time of times) counted.add(time);
  return counted.summary;
}

test('times are counted by month in UTC, from the first to the last', () => {
  const times = ['2024-02-01', '2024-01-31T23:00:00-02:00', '2024-02-01T00:30:00+01', '2025-01-01T00:00:00.5Z'];
  expect(summaryOf(...times)).toEqual({
    first: '2024-01-31T23:30:00',
    last: '2025-01-01T00:00:00',
    by_month: { '2024-01': 1, '2024-02': 2, '2025-01': 1 },
  });
  expect(summaryOf('yesterday')).toEqual({ first: null, last: null, by_month: {} });
});

test('a few months are drawn one by one, and many by year', () => {
  expect(drawTimes({ by_month: { '2024-01': 1000, '2024-02': 500, '2024-03': 1 } })).toEqual([
    `2024-01  1,000  ${'▇'.repeat(30)}`,
    `2024-02    500  ${'▇'.repeat(15)}`,
    '2024-03      1  ▇',
  ]);
  const many = Array.from({ length: 30 }, (_value, index) => [`${2000 + index}-01`, 1] as const);
  expect(drawTimes({ by_month: Object.fromEntries(many) })).toHaveLength(24);
  const months = Array.from({ length: 25 }, (_value, index) => [
    `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1)}`,
    2,
  ]);
  expect(drawTimes({ by_month: Object.fromEntries(months) }).map((line) => line.slice(0, 8))).toEqual([
    '2024  24',
    '2025  24',
    '2026   2',
  ]);
});
