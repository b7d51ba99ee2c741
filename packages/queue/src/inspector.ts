import type { ChunkRef } from '@trackly/contract';
import type { Job, Queue } from 'bullmq';

import { chunkJobId, importIdOf, type JobName } from './catalog.ts';
import { bullmqFor, nameOf, QUEUE_NAME, type QueueServer } from './connection.ts';

/** Completed jobs that are searched for failed attempts: of those that took several, only the last are news. */
const SEARCHED_COMPLETED = 50;

/** Where a job can be. With priorities given, "prioritized" is what waits; "waiting" is what has none. */
const STATES = ['waiting', 'prioritized', 'active', 'delayed', 'completed', 'failed'] as const;
type CountedState = (typeof STATES)[number];

export type JobCounts = Record<CountedState, number>;

/** What a job's story is in short. */
export interface JobSummary {
  id: string;
  importId: string | undefined;
  /** As BullMQ calls it; undefined where that was not asked for. */
  state: string | undefined;
  /** Attempts made so far. */
  attempts: number;
  /** Why the last failed attempt failed. */
  failedReason: string | undefined;
  /** When the last attempt began. */
  attemptedAt: Date | undefined;
}

export interface Inspector {
  /** What the queue's server is called. */
  readonly serverName: string;
  /** For Bull Board, which takes BullMQ's own object. */
  readonly queue: Queue;
  /** How many jobs there are in each state. */
  count(): Promise<JobCounts>;
  /** The jobs of chunks, in their order; undefined for a chunk whose job is not there any more. */
  find(name: JobName, chunks: readonly ChunkRef[]): Promise<(JobSummary | undefined)[]>;
  /** Jobs with a failed attempt that are to be tried again, or have lately succeeded after all, the latest first. */
  findTroubled(most: number): Promise<JobSummary[]>;
  close(): Promise<void>;
}

export interface InspectorOptions {
  server: QueueServer;
  onError: (error: Error) => void;
}

/** Connects to the queue for looking at it. All of it rejects at once when the server is away. */
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
    // Bull Board's types know Redis alone; it asks at run time which backend it is.
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
