/** The exit code of a run that was interrupted, as shells have it. */
export const INTERRUPTED = 130;

/** Aborted by Ctrl-C, or when nobody reads the output any more: the run then ends as if it had failed, and cleans up. */
export function onInterruption(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => interrupted.abort(new Error(`Interrupted by ${signal}.`)));
  }
  process.stdout.on('error', (error) => interrupted.abort(error));
  return interrupted.signal;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
