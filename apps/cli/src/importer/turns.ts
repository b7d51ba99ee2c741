import { setImmediate } from 'node:timers/promises';

/** How long to work on without letting signals and answers have their turn, in milliseconds. */
const LONGEST_MS = 50;

/**
 * Creates a function to call in a long loop. It returns a promise to await when signals, timers and answers have waited for
 * long: a loop that awaits nothing but data that is there already does not let them through.
 */
export function createTurns(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => (performance.now() - since < LONGEST_MS ? undefined : giveTurn());

  async function giveTurn(): Promise<void> {
    await setImmediate();
    since = performance.now();
  }
}
