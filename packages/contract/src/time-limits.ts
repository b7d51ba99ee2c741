// In milliseconds. The limits are nested: each is computed from those that have to end before it.

/** Timeout of a worker's statement, after which PostgreSQL ends it. */
export const STATEMENT_MS = 8_000;

/** How long to wait for PostgreSQL to report that it has ended a statement, before giving up the connection. */
export const ANSWER_GRACE_MS = 1_000;

/** A job's lock outlasts the statement: when a worker takes a chunk over, the former worker no longer saves it. */
export const JOB_LOCK_MS = STATEMENT_MS + ANSWER_GRACE_MS + 1_000;

/** Interval of checking for jobs whose lock has expired. */
export const STALLED_CHECK_MS = JOB_LOCK_MS / 2;

/**
 * How long a request waits for its import by default: long enough to take a chunk over from a killed worker and save
 * it.
 */
export const SYNC_WAIT_MS = JOB_LOCK_MS + STALLED_CHECK_MS + JOB_LOCK_MS;
