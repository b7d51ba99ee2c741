import { expect, test } from 'vitest';

import { inOrder } from './in-order.ts';

async function* upTo(count: number, taken: number[] = []): AsyncGenerator<number, void> {
  for (let item = 0; item < count; item += 1) {
    taken.push(item);
    yield item;
  }
}

interface Latch {
  open: () => void;
  opened: Promise<void>;
}

function latch(): Latch {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** Lets everything happen that waits for nothing. */
async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

test('settles in order what ends in any order', async () => {
  const latches = [latch(), latch(), latch()];
  const results: string[] = [];
  const done = inOrder(upTo(3), {
    work: async (item) => {
      await latches[item]?.opened;
      return `result ${item}`;
    },
    settle: async (item, result) => {
      results.push(`${item}: ${result}`);
    },
    limit: () => 3,
    maxUnsettled: 10,
  });
  for (const index of [2, 0, 1]) {
    latches[index]?.open();
    await settled();
  }
  await done;
  expect(results).toEqual(['0: result 0', '1: result 1', '2: result 2']);
});

test('works on as many as it may at the moment, and keeps no more unsettled', async () => {
  const latches = Array.from({ length: 10 }, latch);
  const working = new Set<number>();
  let limit = 2;
  const done = inOrder(upTo(10), {
    work: async (item) => {
      working.add(item);
      await latches[item]?.opened;
      working.delete(item);
    },
    settle: async () => {},
    limit: () => limit,
    maxUnsettled: 4,
  });
  await settled();
  expect([...working]).toEqual([0, 1]);

  limit = 3;
  latches[1]?.open();
  await settled();
  expect([...working]).toEqual([0, 2, 3]);

  // The first is still open: the others that are done wait for it.
  latches[2]?.open();
  latches[3]?.open();
  await settled();
  expect([...working]).toEqual([0]);

  for (const { open } of latches) open();
  await done;
  expect(working.size).toBe(0);
});

test('after a failure takes no more, and settles what goes well all the same', async () => {
  const latches = [latch(), latch(), latch()];
  const taken: number[] = [];
  const results: number[] = [];
  const done = inOrder(upTo(100, taken), {
    work: async (item) => {
      await latches[item]?.opened;
      if (item === 1) throw new Error('broken');
      return item;
    },
    settle: async (item) => {
      results.push(item);
    },
    limit: () => 3,
    maxUnsettled: 10,
  });
  const failure = done.catch((error: unknown) => error);
  await settled();
  latches[1]?.open();
  await settled();
  latches[0]?.open();
  latches[2]?.open();
  expect(await failure).toEqual(new Error('broken'));
  expect(results.slice(0, 2)).toEqual([0, 2]);
  expect(taken.length).toBeLessThan(6);
});

test('when nothing more can be taken, what was taken is finished first', async () => {
  const results: number[] = [];
  async function* broken(): AsyncGenerator<number, void> {
    yield 1;
    throw new Error('unreadable');
  }
  const done = inOrder(broken(), {
    work: async (item) => {
      await settled();
      return item;
    },
    settle: async (item) => {
      results.push(item);
    },
    limit: () => 2,
    maxUnsettled: 2,
  });
  await expect(done).rejects.toThrow('unreadable');
  expect(results).toEqual([1]);
});
