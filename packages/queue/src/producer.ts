import pMap from 'p-map';

import { chunkJobId, type ChunkJob, type JobName } from './catalog.ts';
import { bullmqFor, QUEUE_NAME, type QueueServer } from './connection.ts';
import { JOB_OPTIONS } from './retries.ts';
import { inEnqueueSpan } from './trace.ts';

/** Jobs that are looked at together. PostgreSQL has few connections for them, and whoever waits for one gives up. */
const AT_ONCE = 4;

/** A chunk, and its place in the queue: lower ones go first. */
export interface QueuedChunk extends ChunkJob {
  priority: number;
}

export interface Producer {
  /** Adds a job for each chunk; a chunk that has one already is left alone. Rejects when the server is away. */
  enqueue(name: JobName, chunks: readonly QueuedChunk[]): Promise<void>;
  /**
   * Adds a job for each of the given chunks that has none to come: whose job was lost, or has ended without the chunk
   * being saved.
   *
   * @returns those that have a job now
   */
  restore(name: JobName, chunks: readonly QueuedChunk[]): Promise<QueuedChunk[]>;
  /** Asks the server for a sign of life. Rejects when it does not answer. */
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
      await queue.addBulk(
        chunks.map(({ accountId, importId, chunkIndex, requestId, priority }) => ({
          name,
          data: { accountId, importId, chunkIndex, requestId },
          opts: { ...carrier, jobId: chunkJobId(name, { accountId, importId, chunkIndex }), priority },
        })),
      );
    });
  }

  /** A job that has ended would keep a new one with its id out. True when there is none to come any more. */
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
