import { expect, test } from 'vitest';

import { Backlog } from './backlog.ts';

test('knows what the ledger said last, and what was accepted since', () => {
  const backlog = new Backlog();
  expect([backlog.total, backlog.of('a')]).toEqual([0, 0]);
  backlog.set('a', 3);
  backlog.set('b', 2);
  backlog.set('a', 4);
  expect([backlog.total, backlog.of('a'), backlog.of('b')]).toEqual([6, 4, 2]);
  backlog.replace(new Map([['b', 1]]));
  expect([backlog.total, backlog.of('a'), backlog.of('b')]).toEqual([1, 0, 1]);
});
