interface InOrder<Item, Result> {
  work: (item: Item) => Promise<Result>;
  /** Receives the results one at a time, in the order of the items. */
  settle: (item: Item, result: Result) => Promise<void>;
  /** How many items may be worked on at the same time; called again for each item. */
  limit: () => number;
  /** How many items may be unsettled, for instance because an earlier one takes long. */
  maxUnsettled: number;
}

/**
 * Works on several items at the same time. After a failure, takes no more items, finishes those that it has begun and
 * settles the successful ones.
 *
 * @throws the first failure of taking an item, working on it or settling it
 */
export async function inOrder<Item, Result>(items: AsyncIterable<Item>, options: InOrder<Item, Result>): Promise<void> {
  const { work, settle, limit, maxUnsettled } = options;
  const working = new Set<Promise<unknown>>();
  const unsettled = new Set<Promise<unknown>>();
  const failures: unknown[] = [];
  let last = Promise.resolve();

  const settleAfter = async (before: Promise<void>, item: Item, result: Promise<Result>) => {
    try {
      const good = await result;
      await before;
      await settle(item, good);
    } catch (error) {
      failures.push(error);
      await before;
    }
  };

  try {
    for await (const item of items) {
      if (failures.length > 0) break;
      const result = work(item);
      last = settleAfter(last, item, result);
      void track(working, result);
      void track(unsettled, last);
      while (working.size >= limit()) await Promise.race(working);
      while (unsettled.size >= maxUnsettled) await Promise.race(unsettled);
    }
  } catch (error) {
    failures.push(error);
  }
  await last;
  if (failures.length > 0) throw failures[0];
}

/** Keeps a promise in a set for as long as it is pending. */
async function track(set: Set<Promise<unknown>>, promise: Promise<unknown>): Promise<void> {
  set.add(promise);
  await Promise.allSettled([promise]);
  set.delete(promise);
}
