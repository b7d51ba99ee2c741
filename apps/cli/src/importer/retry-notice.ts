import type { TracklyError } from '@trackly/client';

import { notice } from '../terminal/notice.ts';

const INTERVAL_MS = 5_000;

/** Reports retries on stderr, at most every five seconds: many requests fail at the same time. */
export function retryNotice(): (error: TracklyError) => void {
  let nextAt = 0;
  return ({ message }) => {
    if (performance.now() < nextAt) return;
    nextAt = performance.now() + INTERVAL_MS;
    notice(`${message} Retrying.`);
  };
}
