import { setTimeout as delay } from 'node:timers/promises';

import { HANGS_AFTER_MS } from '../support/limits.ts';

const POLL_MS = 20;

export interface UntilOptions {
  /** Default: what hangs. */
  timeoutMs?: number;
  /** What is waited for, as it stands in "… did not happen". */
  what: string;
  signal?: AbortSignal | undefined;
}

/**
 * Asks again and again until the answer is neither undefined nor false. An error counts as "not yet": what is asked may
 * be a server that is just being killed.
 *
 * @throws when the time has run out, with the last error
 */
export async function until<T>(
  condition: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = HANGS_AFTER_MS, what, signal }: UntilOptions,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  while (performance.now() < deadline) {
    try {
      const answer = await condition();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      cause = error;
    }
    await delay(POLL_MS, undefined, { signal });
  }
  throw new Error(`Not within ${timeoutMs / 1000} s: ${what}.`, { cause });
}
