import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ByteBudget } from './byte-budget.ts';

test('one account gets half of the bytes at most, all together get all of them', () => {
  const budget = new ByteBudget(100);
  expect(budget.take('a', 50)).toBeDefined();
  expect(budget.take('a', 1)).toBeUndefined();
  expect(budget.take('b', 40)).toBeDefined();
  expect(budget.take('c', 11)).toBeUndefined();
  expect(budget.take('c', 10)).toBeDefined();
});

test('what was given back can be taken again, once', () => {
  const budget = new ByteBudget(100);
  const giveBack = budget.take('a', 50);
  budget.take('b', 50);
  giveBack?.();
  giveBack?.();
  expect(budget.take('c', 51)).toBeUndefined();
  expect(budget.take('c', 50)).toBeDefined();
});

test('never more than the limit is out, and all of it can be taken when everything is back', () => {
  const steps = fc.array(fc.record({ account: fc.constantFrom('a', 'b', 'c'), bytes: fc.nat(60), back: fc.boolean() }));
  fc.assert(
    fc.property(steps, (taken) => {
      const budget = new ByteBudget(100);
      const out: { bytes: number; giveBack: () => void }[] = [];
      for (const { account, bytes, back } of taken) {
        if (back) out.pop()?.giveBack();
        const giveBack = budget.take(account, bytes);
        if (giveBack) out.push({ bytes, giveBack });
        expect(out.reduce((sum, each) => sum + each.bytes, 0)).toBeLessThanOrEqual(100);
      }
      for (const { giveBack } of out) giveBack();
      expect([budget.take('a', 50), budget.take('b', 50)]).not.toContain(undefined);
    }),
  );
});
