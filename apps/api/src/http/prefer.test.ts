import { expect, test } from 'vitest';

import { parsePrefer } from './prefer.ts';

const LONGEST_MS = 25_000;

test.for([
  ['wait=10', 10_000, 'wait=10'],
  ['wait=0', 0, 'wait=0'],
  ['wait=25', 25_000, 'wait=25'],
  ['Wait = "007"', 7_000, 'wait=7'],
  ['return=minimal, wait=3; foo="bar"', 3_000, 'wait=3'],
  ['wait=3, wait=9', 3_000, 'wait=3'],
  ['respond-async', 0, 'respond-async'],
  ['handling=lenient,Respond-Async', 0, 'respond-async'],
  ['respond-async, wait=4', 4_000, 'wait=4'],
] as const)('%s shortens the wait', ([header, waitMs, applied]) => {
  expect(parsePrefer(header, LONGEST_MS)).toEqual({ waitMs, applied });
});

test.for([
  undefined,
  '',
  'wait',
  'wait=',
  'wait=-1',
  'wait=1.5',
  'wait=abc',
  'wait=26',
  'wait=9999999999',
  'await=1',
  'wait=1x',
  'respond-asynchronously',
  'no-respond-async',
])('%s does not', (header) => {
  expect(parsePrefer(header, LONGEST_MS)).toEqual({ waitMs: LONGEST_MS, applied: undefined });
});

test('of several headers the first that says how long counts', () => {
  expect(parsePrefer(['respond-async', 'wait=2'], LONGEST_MS)).toEqual({ waitMs: 2_000, applied: 'wait=2' });
});
