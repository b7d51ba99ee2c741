import type { Logger } from './logger.ts';

/** Limits how often the same error is logged: a server that is away for an hour causes thousands of errors. */
const SAME_ERROR_MS = 10_000;

/** Logs connection errors. Logs a repeated error at most every ten seconds, with the number of repetitions. */
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
