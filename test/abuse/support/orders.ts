/** What a process says that carries out orders. */
export type Reply<T> = { result: T } | { error: string };

/** Tells our parent that we take orders, and ends this process when the parent is gone. */
export function takeOrders(): void {
  process.once('disconnect', () => process.exit());
  process.send?.('ready');
}

/** Tells our parent what came of an order. */
export function answerOrder(carriedOut: Promise<unknown>): void {
  const reply = (answer: Reply<unknown>) => process.send?.(answer);
  carriedOut.then(
    (result) => reply({ result }),
    (error: unknown) => reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
}
