import type { Logger } from './logger.ts';

/** A server that is away for an hour is worth a line now and then, not one for each attempt to reach it. */
const SAME_ERROR_MS = 10_000;

/** Logs the errors of connections: each once, and again with how often it has come when it keeps coming. */
export function logConnectionErrors(logger: Logger, now: () => number = Date.now): (error: Error) => void {
  const seen = new Map<string, { loggedAt: number; repeated: number }>();
  return (error) => {
    const last = seen.get(error.message);
    if (last && now() - last.loggedAt < SAME_ERROR_MS) {
      last.repeated += 1;
      return;
    }
    logger.error({ err: error, repeated: last?.repeated }, 'connection trouble');
    for (const [message, { loggedAt }] of seen) if (now() - loggedAt >= SAME_ERROR_MS) seen.delete(message);
    seen.set(error.message, { loggedAt: now(), repeated: 0 });
  };
}
