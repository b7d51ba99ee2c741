import { expect, test } from 'vitest';

import { Backlog } from './backlog.ts';

test('knows what the ledger said last, and what was accepted since', () => {
  const backlog = new Backlog();
  expect([backlog.total, backlog.of('a')]).toEqual([0, 0]);
  backlog.add('a', 3);
  backlog.add('b', 2);
  backlog.add('a', 1);
  expect([backlog.total, backlog.of('a'), backlog.of('b')]).toEqual([6, 4, 2]);
  backlog.replace([{ accountId: 'b', openChunks: 1, firstPriority: 7 }]);
  expect([backlog.total, backlog.of('a'), backlog.of('b')]).toEqual([1, 0, 1]);
});

test('its time is the place of the account that has come furthest, and begins anew when there is nothing to do', () => {
  const backlog = new Backlog();
  expect(backlog.virtualTime).toBe(0);
  backlog.replace([
    { accountId: 'stuck', openChunks: 1, firstPriority: 3 },
    { accountId: 'busy', openChunks: 10, firstPriority: 500 },
  ]);
  expect(backlog.virtualTime).toBe(500);
  backlog.replace([]);
  expect(backlog.virtualTime).toBe(0);
});
