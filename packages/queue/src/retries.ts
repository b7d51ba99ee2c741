import type { DefaultJobOptions } from 'bullmq';

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;

/**
 * Numbers of finished jobs that are kept for operators. In PostgreSQL, each completed job reads all others that are kept,
 * to find those to remove.
 */
const KEPT_COMPLETED = 100;
const KEPT_FAILED = 5_000;
/** Limit per job: a job that keeps failing would collect one per attempt. */
const KEPT_STACK_TRACES = 3;
/** Limit per job for the lines about failed attempts. */
const KEPT_LOG_LINES = 50;

/** The number of attempts is practically unlimited: failures delay a job, but never end it. */
export const JOB_OPTIONS: DefaultJobOptions = {
  attempts: 1_000_000_000,
  backoff: { type: 'capped' },
  stackTraceLimit: KEPT_STACK_TRACES,
  keepLogs: KEPT_LOG_LINES,
  removeOnComplete: { count: KEPT_COMPLETED },
  removeOnFail: { count: KEPT_FAILED },
};

const LONGEST_PUT_BACK_MS = 2_000;
const PUT_BACK_MS = 50;

/** The wait of a job that others keep from being done, in milliseconds: half of it jitter. */
export function putBackDelay(deliveries: number): number {
  const delay = Math.min(PUT_BACK_MS * (deliveries + 1), LONGEST_PUT_BACK_MS);
  return Math.round(delay / 2 + (Math.random() * delay) / 2);
}

/** The wait before a retry in milliseconds: exponential backoff with a cap, half of it jitter. */
export function retryDelay(attemptsMade: number): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attemptsMade - 1), LONGEST_DELAY_MS);
  return Math.round(delay / 2 + (Math.random() * delay) / 2);
}
