import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Budget, type Holding } from './budget.ts';

function ignore(): void {}

describe('a budget of 100, 60 for each', () => {
  const budgetOf100 = () => new Budget({ total: 100, each: 60 });

  test('gives nobody more than a share', () => {
    const budget = budgetOf100();
    const first = budget.hold('a', ignore);
    expect(first.grow(60)).toBeUndefined();
    expect(budget.hasRoom('a')).toBe(false);
    expect(first.grow(1)).toBe('too_many_requests');
    expect(budget.hold('a', ignore).grow(1)).toBe('too_many_requests');
    expect(budget.hasRoom('b')).toBe(true);
    first.release();
    first.release();
    expect([budget.taken, budget.hasRoom('a')]).toEqual([0, true]);
  });

  test('takes from the requester that has most, its oldest holding first', () => {
    const budget = budgetOf100();
    const lost: string[] = [];
    const hold = (requester: string, name: string, amount: number) => {
      const holding = budget.hold(requester, () => lost.push(name));
      return holding.grow(amount);
    };
    expect(hold('a', 'a1', 20)).toBeUndefined();
    expect(hold('a', 'a2', 40)).toBeUndefined();
    expect(hold('b', 'b1', 40)).toBeUndefined();
    expect(lost).toEqual([]);
    expect(hold('c', 'c1', 30)).toBeUndefined();
    expect(lost).toEqual(['a1', 'a2']);
    expect(budget.taken).toBe(70);
  });

  test('takes nothing from those that have as little', () => {
    const budget = budgetOf100();
    budget.hold('a', ignore).grow(50);
    budget.hold('b', ignore).grow(50);
    expect(budget.hold('a', ignore).grow(1)).toBe('overloaded');
    expect(budget.hold('c', ignore).grow(50)).toBe('overloaded');
    expect(budget.taken).toBe(100);
  });

  test('takes nothing that is settled', () => {
    const budget = budgetOf100();
    const settled = budget.hold('a', () => expect.unreachable());
    settled.grow(60);
    settled.settle();
    budget.hold('b', ignore).grow(40);
    expect(budget.hold('c', ignore).grow(10)).toBeUndefined();
    expect(budget.taken).toBe(70);
    expect(budget.hold('c', ignore).grow(50)).toBe('overloaded');
  });
});

test('what is out never exceeds the limits, and is what the holdings say', () => {
  const steps = fc.array(
    fc.record({ requester: fc.constantFrom('a', 'b', 'c'), amount: fc.nat(40), release: fc.boolean() }),
  );
  fc.assert(
    fc.property(steps, (taken) => {
      const budget = new Budget({ total: 100, each: 60 });
      const out = new Map<Holding, { requester: string; amount: number }>();
      const sumOf = (requester?: string) =>
        [...out.values()]
          .filter((each) => requester === undefined || each.requester === requester)
          .reduce((sum, { amount }) => sum + amount, 0);
      for (const { requester, amount, release } of taken) {
        const [oldest] = out.keys();
        if (release && oldest) {
          oldest.release();
          out.delete(oldest);
          continue;
        }
        const holding: Holding = budget.hold(requester, () => out.delete(holding));
        const shortage = holding.grow(amount);
        expect(shortage === 'too_many_requests').toBe(sumOf(requester) + amount > 60);
        if (!shortage) out.set(holding, { requester, amount });
        for (const each of ['a', 'b', 'c']) expect(sumOf(each)).toBeLessThanOrEqual(60);
        expect(budget.taken).toBe(sumOf());
        expect(budget.taken).toBeLessThanOrEqual(100);
      }
      for (const holding of out.keys()) holding.release();
      expect(budget.taken).toBe(0);
    }),
  );
});
