/** Far above what anything takes on the slowest machine: what takes longer hangs. */
export const HANGS_AFTER_MS = 4 * 60_000;
