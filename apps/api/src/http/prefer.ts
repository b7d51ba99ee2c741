/** How long a client wants to wait for the outcome (RFC 7240). */
export interface WaitPreference {
  waitMs: number;
  /** The value of Preference-Applied; undefined if no supported preference was sent. */
  applied: string | undefined;
}

const WAIT = /(?:^|,)\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=[,;]|$)/i;
const RESPOND_ASYNC = /(?:^|,)\s*respond-async\s*(?=[,;]|$)/i;

/**
 * Parses a Prefer header. `wait=N` shortens the wait to N seconds, `respond-async` skips it, and both together wait for
 * up to N seconds. Ignores other preferences.
 *
 * @param longestMs the wait without a preference, in milliseconds
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
