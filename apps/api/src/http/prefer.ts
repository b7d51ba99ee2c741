/** How long a client wants to wait for the outcome, by RFC 7240. */
export interface WaitPreference {
  waitMs: number;
  /** What to say of it in Preference-Applied; undefined when nothing was asked for that we do. */
  applied: string | undefined;
}

const WAIT = /(?:^|,)\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=[,;]|$)/i;
const RESPOND_ASYNC = /(?:^|,)\s*respond-async\s*(?=[,;]|$)/i;

/**
 * Reads a Prefer header. `wait=N` (seconds) shortens the wait, `respond-async` ends it before it begins, both together
 * wait N seconds at most; whatever else it says is ignored.
 *
 * @param longestMs how long is waited without a preference
 */
export function parsePrefer(header: string | string[] | undefined, longestMs: number): WaitPreference {
  const text = [header ?? ''].flat().join(',');
  const seconds = WAIT.exec(text)?.[1];
  if (seconds !== undefined && Number(seconds) * 1_000 <= longestMs) {
    return { waitMs: Number(seconds) * 1_000, applied: `wait=${Number(seconds)}` };
  }
  if (seconds === undefined && RESPOND_ASYNC.test(text)) return { waitMs: 0, applied: 'respond-async' };
  return { waitMs: longestMs, applied: undefined };
}
