import { notice } from '../../terminal/notice.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The exit code of an interrupted command: 128 and the number of SIGINT, as shells have it. */
export const INTERRUPTED = 130;
/** Time to write the summary and the journal after the second signal, in milliseconds. */
const LAST_MS = 1000;

/** The handling of SIGINT, SIGTERM and SIGHUP. Lasts until it is disposed of. */
export interface SignalledEnd extends Disposable {
  /** Aborted by the first signal. */
  stop: AbortSignal;
  /** Aborted by the second signal. */
  abandon: AbortSignal;
}

export function stopOnSignals(): SignalledEnd {
  const stop = new AbortController();
  const abandon = new AbortController();
  const end = () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (stop.signal.aborted) {
      abandon.abort();
      // Whatever is still under way is sent again by the next run. To exit would be to wait for a pipe that sends nothing.
      setTimeout(() => {
        end();
        process.kill(process.pid, signal);
      }, LAST_MS).unref();
    } else notice('Stopping: waiting for the answers to what was sent. Press Ctrl-C again to quit now.');
    stop.abort();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    stop: stop.signal,
    abandon: abandon.signal,
    [Symbol.dispose]: end,
  };
}
