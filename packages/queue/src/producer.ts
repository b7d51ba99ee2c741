import type { ChunkRef } from '@trackly/contract';

import { chunkJobId, type ChunkJob, type JobKind } from './catalog.ts';
import { bullmqFor, QUEUE_NAME, type QueueServer } from './connection.ts';
import { JOB_OPTIONS } from './retries.ts';

export interface Producer {
  /** Adds a job for each chunk; a chunk that has one already is left alone. Rejects when the server is away. */
  enqueue(kind: JobKind, chunks: readonly ChunkRef[], requestId: string): Promise<void>;
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
  const queue = new Queue<ChunkJob, object, JobKind>(QUEUE_NAME, { connection: {}, defaultJobOptions: JOB_OPTIONS });
  queue.on('error', onError);
  await queue.waitUntilReady();

  return {
    async enqueue(kind, chunks, requestId) {
      await queue.addBulk(
        chunks.map((chunk) => ({
          name: kind,
          data: { ...chunk, requestId },
          opts: { jobId: chunkJobId(kind, chunk) },
        })),
      );
    },
    async ping() {
      await queue.isPaused();
    },
    close: () => queue.close(),
  };
}
