import { notice } from '../notice.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal stops, the second does not wait for what is under way. */
export function stopOnSignals(): { stop: AbortSignal; abandon: AbortSignal } {
  const stop = new AbortController();
  const abandon = new AbortController();
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stop.signal.aborted) abandon.abort();
      else notice('Stopping: waiting for the answers to what was sent. Press Ctrl-C again to quit now.');
      stop.abort();
    });
  }
  return { stop: stop.signal, abandon: abandon.signal };
}
