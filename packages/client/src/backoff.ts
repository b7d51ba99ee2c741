const FIRST_MS = 200;
const LONGEST_MS = 20_000;
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * Returns the wait before a retry in milliseconds: Retry-After, plus exponential backoff with full jitter, so that
 * clients that failed together do not retry together.
 *
 * @param attempt number of failed attempts before this one
 */
export function backoffMs(attempt: number, retryAfterMs = 0): number {
  return retryAfterMs + Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
}

/** Reads Retry-After, in seconds or as a date. Returns at most a minute, in milliseconds; undefined if not present. */
export function parseRetryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  const seconds = text.trim() === '' ? Number.NaN : Number(text);
  const ms = Number.isNaN(seconds) ? Date.parse(text) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS);
}

/** Waits. Returns early, without an error, if the signal is aborted. */
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
