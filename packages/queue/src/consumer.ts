import { trace } from '@opentelemetry/api';
import { compile, JOB_LOCK_MS, STALLED_CHECK_MS, traceAttributes } from '@trackly/contract';
import { DelayedError, type Job } from 'bullmq';

import { failureLine } from './attempt-log.ts';
import { ChunkJob, NotYetError, type JobHandlers } from './catalog.ts';
import { bullmqFor, QUEUE_NAME, type QueueServer } from './connection.ts';
import { putBackDelay, retryDelay } from './retries.ts';
import { inJobSpan, inTraceOf } from './trace.ts';

/** Wait before reconnecting to a lost server. */
const RECONNECT_MS = 1_000;

/** Practically no limit: a job must be done, however many workers were killed over it. */
const MAX_STALLS = 1_000_000_000;

export interface Consumer {
  /** Takes no new jobs, and waits for those in progress. */
  close(): Promise<void>;
}

export interface FailedAttempt {
  jobId: string | undefined;
  /** The data of the job, if known and valid. */
  chunk?: ChunkJob | undefined;
  /** Number of attempts begun so far, including this one, if known. */
  attempt?: number | undefined;
  error: Error;
}

/** The worker of the job has not renewed its lock in time. */
export class StalledError extends Error {
  override readonly name = 'StalledError';

  constructor() {
    super('The worker of the job was killed, or is too busy to renew its lock.');
  }
}

export interface ConsumerOptions {
  server: QueueServer;
  handlers: JobHandlers;
  /** Number of simultaneous jobs. */
  concurrency: number;
  onError: (error: Error) => void;
  /** Called when an attempt at a job has failed. The job will be retried. */
  onFailedAttempt: (attempt: FailedAttempt) => void;
}

const isChunkJob = compile(ChunkJob);

/** The data of a job if it is valid: a job can carry anything. */
function chunkOf(data: unknown): ChunkJob | undefined {
  return isChunkJob(data) ? data : undefined;
}

/** Starts taking jobs from the queue. */
export async function openConsumer(options: ConsumerOptions): Promise<Consumer> {
  const { server, handlers, concurrency, onError, onFailedAttempt } = options;
  const { Worker } = bullmqFor(server, 'consumer');
  const run = createRunner(handlers);

  async function process(job: Job<unknown, object>, token?: string): Promise<object> {
    try {
      const result = await run(job);
      if (!(result instanceof NotYetError)) return result;
      await job.moveToDelayed(Date.now() + putBackDelay(job.attemptsStarted), token);
      throw new DelayedError();
    } catch (error) {
      if (error instanceof DelayedError) throw error;
      await job.log(failureLine(job.attemptsStarted, chunkOf(job.data), error)).catch(onError);
      throw error;
    }
  }

  const worker = new Worker<unknown, object>(QUEUE_NAME, process, {
    connection: {},
    concurrency,
    lockDuration: JOB_LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: MAX_STALLS,
    runRetryDelay: RECONNECT_MS,
    settings: { backoffStrategy: retryDelay },
  });
  worker.on('error', onError);
  worker.on('failed', (job, error) => {
    const failed = { jobId: job?.id, chunk: chunkOf(job?.data), attempt: job?.attemptsStarted, error };
    inTraceOf(job?.opts ?? {}, () => onFailedAttempt(failed));
  });
  worker.on('stalled', (jobId) => onFailedAttempt({ jobId, error: new StalledError() }));
  await worker.waitUntilReady();
  return { close: () => worker.close() };
}

/**
 * Runs the handler of a job after checking its data. A job of a newer version fails until a newer worker takes it. What a
 * handler cannot do yet is a result, so that it is no failure in the trace.
 */
function createRunner(handlers: JobHandlers): (job: Job<unknown>) => Promise<object> {
  return async ({ name, data, opts, attemptsStarted, timestamp }) => {
    const attempt = { number: attemptsStarted, jobAgeMs: Math.max(0, Date.now() - timestamp) };
    return inJobSpan(name, attempt, opts, async () => {
      const handler = handlers.get(name);
      if (!handler) throw new Error(`This worker knows no jobs of kind ${name}.`);
      if (!isChunkJob(data)) throw new Error(`This worker cannot read what the ${name} job carries.`);
      trace.getActiveSpan()?.setAttributes(traceAttributes(data));
      return handler(data, attempt).catch((error: unknown) => {
        if (error instanceof NotYetError) return error;
        throw error;
      });
    });
  };
}
