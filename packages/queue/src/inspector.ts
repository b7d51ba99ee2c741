import type { ChunkRef } from '@trackly/contract';
import type { Job, Queue } from 'bullmq';

import { chunkJobId, importIdOf, type JobName } from './catalog.ts';
import { bullmqFor, nameOf, QUEUE_NAME, type QueueServer } from './connection.ts';

/** How many of the latest completed jobs are searched for failed attempts. */
const SEARCHED_COMPLETED = 50;

/** The states of jobs. Our jobs have a priority and wait as "prioritized"; "waiting" is for jobs without one. */
const STATES = ['waiting', 'prioritized', 'active', 'delayed', 'completed', 'failed'] as const;
type CountedState = (typeof STATES)[number];

export type JobCounts = Record<CountedState, number>;

/** A summary of a job. */
export interface JobSummary {
  id: string;
  importId: string | undefined;
  /** BullMQ's name for the state; undefined if it was not read. */
  state: string | undefined;
  /** Attempts made so far. */
  attempts: number;
  /** Why the last failed attempt failed. */
  failedReason: string | undefined;
  /** When the last attempt began. */
  attemptedAt: Date | undefined;
}

export interface Inspector {
  /** Name of the queue's server for people. */
  readonly serverName: string;
  /** BullMQ's own object, for Bull Board. */
  readonly queue: Queue;
  /** Counts the jobs in each state. */
  count(): Promise<JobCounts>;
  /** Finds the jobs of chunks, in the order of the chunks; undefined for a chunk without a job. */
  find(name: JobName, chunks: readonly ChunkRef[]): Promise<(JobSummary | undefined)[]>;
  /** Finds jobs with a failed attempt that will be retried or have recently succeeded, the latest first. */
  findTroubled(most: number): Promise<JobSummary[]>;
  close(): Promise<void>;
}

export interface InspectorOptions {
  server: QueueServer;
  onError: (error: Error) => void;
}

/** Connects to the queue for reading. All methods reject at once if the server does not answer. */
export async function openInspector({ server, onError }: InspectorOptions): Promise<Inspector> {
  const { Queue } = bullmqFor(server, 'producer');
  const queue = new Queue(QUEUE_NAME, { connection: {} });
  queue.on('error', onError);
  await queue.waitUntilReady();

  async function findJob(id: string): Promise<JobSummary | undefined> {
    const [job, state] = await Promise.all([queue.getJob(id), queue.getJobState(id)]);
    return job && summaryOf(job, state);
  }

  return {
    serverName: nameOf(server),
    // Bull Board's types know only Redis; at run time, it detects the backend.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    queue: queue as Queue,
    async count() {
      const counts = await queue.getJobCounts(...STATES);
      const countOf = (state: CountedState) => counts[state] ?? 0;
      return {
        waiting: countOf('waiting'),
        prioritized: countOf('prioritized'),
        active: countOf('active'),
        delayed: countOf('delayed'),
        completed: countOf('completed'),
        failed: countOf('failed'),
      };
    },
    find: (name, chunks) => Promise.all(chunks.map((chunk) => findJob(chunkJobId(name, chunk)))),
    async findTroubled(most) {
      const found = await Promise.all([
        queue.getJobs('delayed', 0, most - 1),
        queue.getJobs('active', 0, most - 1),
        queue.getJobs('failed', 0, most - 1),
        queue.getJobs('completed', 0, SEARCHED_COMPLETED - 1),
      ]);
      const states = ['delayed', 'active', 'failed', 'completed'];
      return found
        .flatMap((jobs, index) => jobs.map((job) => summaryOf(job, states[index])))
        .filter(({ failedReason }) => failedReason)
        .toSorted((a, b) => (b.attemptedAt?.getTime() ?? 0) - (a.attemptedAt?.getTime() ?? 0))
        .slice(0, most);
    },
    close: () => queue.close(),
  };
}

function summaryOf({ id = '', attemptsMade, failedReason, processedOn }: Job, state?: string): JobSummary {
  return {
    id,
    importId: importIdOf(id),
    state,
    attempts: attemptsMade,
    failedReason: failedReason || undefined,
    attemptedAt: processedOn ? new Date(processedOn) : undefined,
  };
}
