/** Reads items into `head` until `isEnough` or the end; `items` yields all items, those of `head` included. */
export async function peek<T>(
  source: AsyncIterable<T>,
  isEnough: (head: readonly T[]) => boolean,
): Promise<{ head: readonly T[]; items: AsyncGenerator<T, void> }> {
  const iterator = source[Symbol.asyncIterator]();
  const head: T[] = [];
  while (!isEnough(head)) {
    const next = await iterator.next();
    if (next.done) break;
    head.push(next.value);
  }
  async function* all() {
    yield* head.splice(0);
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: [...head], items: all() };
}
