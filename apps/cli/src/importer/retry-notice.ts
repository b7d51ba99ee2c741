import type { TracklyError } from '@trackly/client';

import { notice } from '../terminal/notice.ts';

const INTERVAL_MS = 5_000;

/** Says on stderr why requests are sent again: every five seconds at most, for many of them fail at the same time. */
export function retryNotice(): (error: TracklyError) => void {
  let nextAt = 0;
  return ({ message }) => {
    if (performance.now() < nextAt) return;
    nextAt = performance.now() + INTERVAL_MS;
    notice(`${message} Trying again.`);
  };
}
