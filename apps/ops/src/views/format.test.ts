import { expect, test } from 'vitest';

import { count, decimal, duration, time } from './format.ts';

test('numbers have separators', () => {
  expect(count(1_234_567)).toBe('1,234,567');
  expect(count(12.6)).toBe('13');
  expect(decimal('80478540.1816')).toBe('80,478,540.1816');
  expect(decimal('123456789012345678.0001')).toBe('123,456,789,012,345,678.0001');
  expect(decimal('0')).toBe('0');
});

test('times are in UTC, to the second', () => {
  expect(String(time(new Date('2026-11-23T14:05:06.789Z')))).toBe(
    '<time datetime="2026-11-23T14:05:06.789Z">2026-11-23 14:05:06 UTC</time>',
  );
});

test('lengths of time have two units at most', () => {
  expect([0, 59_999, 60_000, 3_599_000, 3_600_000, 90_000_000, -5].map(duration)).toEqual([
    '0 s',
    '59 s',
    '1 min 0 s',
    '59 min 59 s',
    '1 h 0 min',
    '1 d 1 h',
    '0 s',
  ]);
});
