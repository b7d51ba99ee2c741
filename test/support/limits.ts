/** Far above what anything takes on the slowest machine: what takes longer hangs. */
export const HANGS_AFTER_MS = 4 * 60_000;

/** For a pool: tests that run side by side open many connections at the same time. */
export const PATIENT = { connectTimeoutMs: HANGS_AFTER_MS };
