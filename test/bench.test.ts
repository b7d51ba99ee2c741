import { describe, expect, test } from 'vitest';

import { figuresTable } from '../bench/report/table.ts';
import { quantile, slopeOf } from '../bench/report/statistics.ts';
import { TotalsBook } from '../bench/measure/totals-book.ts';
import { contestants } from '../bench/contestants/index.ts';
import { figures } from '../bench/figures/index.ts';
import type { Results, Run } from '../bench/report/results.ts';

const totals = { rows: 980, revenue: '1.00', rowsDigest: '1', contactsDigest: '1' };

function run(contestant: string, round: number, seconds: number): Run {
  return { contestant, round, records: 1_000, seconds, cpuSeconds: {}, walBytes: 0, totals };
}

const machine = {
  cpu: 'a processor',
  cores: 2,
  memoryGiB: 8,
  system: 'a system',
  node: '24',
  postgres: '18',
  redis: '8',
  postgresSettings: {},
};

function results(measured: Partial<Results>): Results {
  const rest = { date: '2026-01-01', commit: 'a', quick: false, seconds: 1, sizes: {}, connections: 8, machine };
  return { ...rest, runs: [], lone: [], memory: [], ...measured };
}

describe('the table of a bench run', () => {
  test('has the ratios of contestants that stood in the same round, and marks what is short of its goal', () => {
    const runs = [
      run('trackly', 1, 1),
      run('offline', 1, 2),
      run('trackly', 2, 10),
      run('offline', 2, 5),
      run('trackly', 3, 4),
      run('offline', 3, 4),
    ];

    const table = figuresTable(results({ runs }));

    expect(table).toContain('| 1 (0.5–2) ');
    expect(table).toContain('| ≥ 1.2 ');
    expect(table).toContain('short of its goal');
    expect(table).not.toContain(' met ');
  });

  test('counts memory as met only while it is small and level', () => {
    const watch = (mebibytes: (second: number) => number) => ({
      process: 'API',
      records: 1_000,
      seconds: 100,
      samples: Array.from({ length: 100 }, (_, second) => ({ second, mebibytes: mebibytes(second) })),
    });

    const tableOf = (mebibytes: (second: number) => number) => figuresTable(results({ memory: [watch(mebibytes)] }));

    expect(tableOf((second) => 200 + (second % 7))).toContain(' met ');
    expect(tableOf((second) => 100 + second)).toContain('short of its goal');
    expect(tableOf(() => 301)).toContain('short of its goal');
  });

  test('says nothing about what was not measured', () => {
    expect(figuresTable(results({})).split('\n')).toHaveLength(2);
  });
});

test('every figure names contestants that there are', () => {
  const names = new Set(contestants.map(({ name }) => name));

  expect(figures.flatMap((figure) => figure.contestants).filter((name) => !names.has(name))).toEqual([]);
});

test('contestants that leave different rows behind are found out', () => {
  const [first, second] = contestants;
  if (!first || !second) throw new Error('There are more than two of them.');
  const book = new TotalsBook();
  book.add(first, totals);
  book.add(second, { ...totals });

  expect(() => book.add(second, { ...totals, rowsDigest: '2' })).toThrow(`${second.name} has not left the same behind`);
});

test('a median lies in the middle, and a slope is that of the closest line', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(slopeOf([0, 1, 2, 3].map((x) => [x, 2 * x + 1]))).toBeCloseTo(2);
});
