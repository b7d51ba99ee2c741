/** The exit code of a run that was interrupted, as shells have it. */
export const INTERRUPTED = 130;

/** Aborted by Ctrl-C; what runs then ends as if it had failed, so that everything is cleaned up. */
export function onInterruption(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => interrupted.abort(new Error(`Interrupted by ${signal}.`)));
  }
  return interrupted.signal;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
