import { vi } from 'vitest';

import { HANGS_AFTER_MS } from './limits.ts';

const POLL_MS = 20;

/** Tries until it does not throw any more, and returns what it returned. Fails only when that never happens. */
export function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(attempt, { timeout: HANGS_AFTER_MS, interval: POLL_MS });
}
