import { trace } from '@opentelemetry/api';
import { compile, JOB_LOCK_MS, STALLED_CHECK_MS, traceAttributes } from '@trackly/contract';
import type { Job } from 'bullmq';

import { failureLine } from './attempt-log.ts';
import { ChunkJob, type JobHandlers } from './catalog.ts';
import { bullmqFor, QUEUE_NAME, type QueueServer } from './connection.ts';
import { retryDelay } from './retries.ts';
import { inJobSpan, inTraceOf } from './trace.ts';

/** How soon a worker that has lost its server tries it again. */
const RECONNECT_MS = 1_000;

/** A job that outlived many workers is still a job to be done. */
const MAX_STALLS = 1_000_000_000;

export interface Consumer {
  /** Waits for the jobs in hand, takes no new ones. */
  close(): Promise<void>;
}

export interface FailedAttempt {
  jobId: string | undefined;
  /** What the job carries, where that is known and can be read. */
  chunk?: ChunkJob | undefined;
  /** How often the job has been begun, this time included, where that is known. */
  attempt?: number | undefined;
  error: Error;
}

/** The worker that had the job has not been heard of for too long. */
export class StalledError extends Error {
  override readonly name = 'StalledError';

  constructor() {
    super('The worker that had the job is gone, or too busy to say that it is not.');
  }
}

export interface ConsumerOptions {
  server: QueueServer;
  handlers: JobHandlers;
  /** Jobs at the same time. */
  concurrency: number;
  onError: (error: Error) => void;
  /** Called when an attempt at a job has failed; there will be another. */
  onFailedAttempt: (attempt: FailedAttempt) => void;
}

const isChunkJob = compile(ChunkJob);

/** What a job carries, if it is what we know: it could be anything. */
function chunkOf(data: unknown): ChunkJob | undefined {
  return isChunkJob(data) ? data : undefined;
}

/** Starts taking jobs from the queue. */
export async function openConsumer(options: ConsumerOptions): Promise<Consumer> {
  const { server, handlers, concurrency, onError, onFailedAttempt } = options;
  const { Worker } = bullmqFor(server, 'consumer');
  const run = createRunner(handlers);

  async function process(job: Job<unknown, object>): Promise<object> {
    try {
      return await run(job);
    } catch (error) {
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

/** Finds the handler of a job and checks what it carries. A job of a later version waits for a later worker. */
function createRunner(handlers: JobHandlers): (job: Job<unknown>) => Promise<object> {
  return async ({ name, data, opts, attemptsStarted, timestamp }) => {
    const attempt = { number: attemptsStarted, jobAgeMs: Math.max(0, Date.now() - timestamp) };
    return inJobSpan(name, attempt, opts, async () => {
      const handler = handlers.get(name);
      if (!handler) throw new Error(`This worker knows no jobs of kind ${name}.`);
      if (!isChunkJob(data)) throw new Error(`This worker cannot read what the ${name} job carries.`);
      trace.getActiveSpan()?.setAttributes(traceAttributes(data));
      return handler(data, attempt);
    });
  };
}
