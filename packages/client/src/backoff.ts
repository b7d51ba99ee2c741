const FIRST_MS = 200;
const LONGEST_MS = 20_000;
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * How long to wait before trying again, in milliseconds: as long as the service asked for, and then by chance up to
 * twice as long as the time before. Clients that failed together do not come back together.
 *
 * @param attempt how many have failed before this one
 */
export function backoffMs(attempt: number, retryAfterMs = 0): number {
  return retryAfterMs + Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
}

/** Reads Retry-After, seconds or a date, in milliseconds, a minute at most; undefined when it says nothing. */
export function parseRetryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  const seconds = text.trim() === '' ? Number.NaN : Number(text);
  const ms = Number.isNaN(seconds) ? Date.parse(text) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS);
}

/** Waits; ends early, without an error, when the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}
