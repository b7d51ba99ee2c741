import { expect, test } from 'vitest';

import { describeProgress, Meter } from './progress.ts';

function describe(totalBytes: number | undefined, steps: [second: number, bytes: number, records: number][]): string {
  let now = 0;
  const meter = new Meter(totalBytes, () => now);
  for (const [second, bytes, records] of steps) {
    now = second * 1000;
    meter.update(bytes, { records, rejected: Math.floor(records / 10_000) });
  }
  return describeProgress({ totalBytes, noun: 'rows' }, meter.standing());
}

test.each([
  [1000, [[5, 250, 10_000]], '25% | 10,000 rows | 1 rejected | 2,000/s | 15 s left'],
  [1000, [], '0% | 0 rows | 0/s'],
  [0, [], '100% | 0 rows | 0/s'],
  [undefined, [[2, 250, 5000]], '5,000 rows | 2,500/s'],
] satisfies [number | undefined, [number, number, number][], string][])('%j of %j', (totalBytes, steps, line) => {
  expect(describe(totalBytes, steps)).toBe(line);
});

test('what an earlier run has done counts for how far it is, not for how fast it goes', () => {
  let now = 0;
  const meter = new Meter(1000, () => now);
  now = 1000;
  meter.update(500, { records: 5000, earlier: 5000 });
  now = 3000;
  meter.update(600, { records: 6000, earlier: 5000 });
  expect(describeProgress({ totalBytes: 1000, noun: 'records' }, meter.standing())).toBe(
    '60% | 6,000 records | 500/s | 8 s left',
  );
});
