import type { DefaultJobOptions } from 'bullmq';

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;

/** Finished jobs that operators can still look at. */
const KEPT_COMPLETED = 1_000;
const KEPT_FAILED = 5_000;
/** Of a job that fails again and again: one for each attempt would have no end. */
const KEPT_STACK_TRACES = 3;
/** Lines of its log, which tell of its failed attempts. */
const KEPT_LOG_LINES = 50;

/** Trouble delays a job, it never ends it: there is no last attempt. */
export const JOB_OPTIONS: DefaultJobOptions = {
  attempts: 1_000_000_000,
  backoff: { type: 'capped' },
  stackTraceLimit: KEPT_STACK_TRACES,
  keepLogs: KEPT_LOG_LINES,
  removeOnComplete: { count: KEPT_COMPLETED },
  removeOnFail: { count: KEPT_FAILED },
};

/** Milliseconds before an attempt: doubling up to a cap, the last half of it random, so that retries spread out. */
export function retryDelay(attemptsMade: number): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attemptsMade - 1), LONGEST_DELAY_MS);
  return Math.round(delay / 2 + (Math.random() * delay) / 2);
}
