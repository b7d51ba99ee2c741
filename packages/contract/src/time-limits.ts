// Milliseconds. These limits hold only together, so each is made from those that have to end before it.

/** What a worker's statement may take: PostgreSQL ends it then. */
export const STATEMENT_MS = 8_000;

/** The server ends an overlong statement itself. Only if it cannot say so any more, the connection is given up. */
export const ANSWER_GRACE_MS = 1_000;

/** A job's lock outlasts the statement: a chunk that is taken over from a worker is not being saved there any more. */
export const JOB_LOCK_MS = STATEMENT_MS + ANSWER_GRACE_MS + 1_000;

/** How often is looked for jobs whose lock has run out. */
export const STALLED_CHECK_MS = JOB_LOCK_MS / 2;

/** A request waits for its import by default: long enough for a chunk to be taken over from a killed worker, and saved. */
export const SYNC_WAIT_MS = JOB_LOCK_MS + STALLED_CHECK_MS + JOB_LOCK_MS;
