import { expect, test } from 'vitest';

import type { Attempt } from '../../lab/client.ts';
import { judgeAnswers, judgeMemory } from './judge.ts';

test.for([
  { what: 'little', taken: { before: 200, peak: 600, after: 300, seconds: 1 }, count: 0 },
  { what: 'too much', taken: { before: 200, peak: 601, after: 300, seconds: 1 }, count: 1 },
  { what: 'too much for too long', taken: { before: 200, peak: 700, after: 301, seconds: 60 }, count: 2 },
])('memory: $what', ({ taken, count }) => {
  expect(judgeMemory(taken).violations).toHaveLength(count);
});

test('every answer of the good client counts that is no success', () => {
  const reports: Attempt[] = [
    { status: 200, ms: 1 },
    { status: 202, ms: 1 },
    { status: 503, code: 'overloaded', ms: 1 },
    { status: 429, ms: 1 },
    { status: 'lost', ms: 1 },
    { status: 429, ms: 1 },
  ];
  expect(judgeAnswers([{ sent: [], reports: reports.slice(0, 2) }]).violations).toEqual([]);
  expect(judgeAnswers([{ sent: [], reports }])).toEqual({
    figures: { 'refused or lost': 'overloaded × 1, 429 × 2, lost × 1' },
    violations: ['4 of 6 attempts of the good client failed'],
  });
});
