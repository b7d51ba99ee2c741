import pMap from 'p-map';

import { chunkJobId, type ChunkJob, type JobName } from './catalog.ts';
import { bullmqFor, QUEUE_NAME, type QueueServer } from './connection.ts';
import { JOB_OPTIONS } from './retries.ts';
import { inEnqueueSpan } from './trace.ts';

/** Jobs that are checked at the same time. There are few connections to PostgreSQL, and waiting for one times out. */
const AT_ONCE = 4;

/** A chunk and its place in the queue. Lower places go first. */
export interface QueuedChunk extends ChunkJob {
  priority: number;
}

export interface Producer {
  /** Adds a job for each chunk that has none. Rejects if the server does not answer. */
  enqueue(name: JobName, chunks: readonly QueuedChunk[]): Promise<void>;
  /**
   * Adds a job for each chunk without a pending one, because its job was lost or has ended without saving the chunk.
   *
   * @returns the chunks for which a job was added
   */
  restore(name: JobName, chunks: readonly QueuedChunk[]): Promise<QueuedChunk[]>;
  /** Pings the server. Rejects if it does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface ProducerOptions {
  server: QueueServer;
  onError: (error: Error) => void;
}

/** Connects to the queue for adding jobs. */
export async function openProducer({ server, onError }: ProducerOptions): Promise<Producer> {
  const { Queue } = bullmqFor(server, 'producer');
  const queue = new Queue<ChunkJob, object, JobName>(QUEUE_NAME, { connection: {}, defaultJobOptions: JOB_OPTIONS });
  queue.on('error', onError);
  await queue.waitUntilReady();

  async function enqueue(name: JobName, chunks: readonly QueuedChunk[]): Promise<void> {
    await inEnqueueSpan(name, chunks, async (carrier) => {
      const jobs = chunks.map(({ accountId, importId, chunkIndex, requestId, priority }) => ({
        name,
        data: { accountId, importId, chunkIndex, requestId },
        opts: { ...carrier, jobId: chunkJobId(name, { accountId, importId, chunkIndex }), priority },
      }));
      const [job, ...others] = jobs;
      // In PostgreSQL, a bulk creates two temporary tables, which takes several times as long as adding one job.
      if (job && others.length === 0) await queue.add(job.name, job.data, job.opts);
      else await queue.addBulk(jobs);
    });
  }

  /** Removes a job that has ended, because it would block a new one with its id. Returns true if no job is pending. */
  async function removeIfEnded(jobId: string): Promise<boolean> {
    const state = await queue.getJobState(jobId);
    const hasEnded = state === 'completed' || state === 'failed';
    if (hasEnded) await queue.remove(jobId);
    return hasEnded || state === 'unknown';
  }

  return {
    enqueue,
    async restore(name, chunks) {
      const isLost = await pMap(chunks, (chunk) => removeIfEnded(chunkJobId(name, chunk)), { concurrency: AT_ONCE });
      const lost = chunks.filter((_, index) => isLost[index]);
      await enqueue(name, lost);
      return lost;
    },
    async ping() {
      await queue.isPaused();
    },
    close: () => queue.close(),
  };
}
