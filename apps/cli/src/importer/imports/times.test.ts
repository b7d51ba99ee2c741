import { expect, test } from 'vitest';

import { drawTimes, Times } from './times.ts';

function summaryOf(...times: string[]) {
  const counted = new Times();
  for (const time of times) counted.add(time);
  return counted.summary;
}

test('times are counted by month, from the first to the last', () => {
  expect(summaryOf('2024-02-01T00:00:00', '2024-01-31T23:30:00', '2025-01-01T00:00:00.5')).toEqual({
    first: '2024-01-31T23:30:00',
    last: '2025-01-01T00:00:00',
    by_month: { '2024-01': 1, '2024-02': 1, '2025-01': 1 },
  });
  expect(summaryOf()).toEqual({ first: null, last: null, by_month: {} });
});

test('a few months are drawn one by one, and many by year', () => {
  expect(drawTimes({ by_month: { '2024-01': 1000, '2024-02': 500, '2024-03': 1 } })).toEqual([
    `2024-01  1,000  ${'▇'.repeat(30)}`,
    `2024-02    500  ${'▇'.repeat(15)}`,
    '2024-03      1  ▇',
  ]);
  const many = Array.from({ length: 42 }, (_value, index) => [`${2000 + index}-01`, 1] as const);
  const lines = drawTimes({ by_month: Object.fromEntries([['1970-01', 900] as const, ...many]) });
  expect(lines).toHaveLength(36);
  expect(lines[0]).toBe(`to 2006  907  ${'▇'.repeat(30)}`);
  expect(lines[1]).toBe('2007       1  ▇');
  const months = Array.from({ length: 37 }, (_value, index) => [
    `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1)}`,
    2,
  ]);
  expect(drawTimes({ by_month: Object.fromEntries(months) }).map((line) => line.slice(0, 8))).toEqual([
    '2024  24',
    '2025  24',
    '2026  24',
    '2027   2',
  ]);
});
