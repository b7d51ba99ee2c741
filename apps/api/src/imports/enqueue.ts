import type { ImportRef } from '@trackly/contract';
import type { JobName, Producer } from '@trackly/queue';
import type { FastifyRequest } from 'fastify';

/** A chunk of an import, and its place in the queue. */
interface AcceptedChunk {
  chunkIndex: number;
  priority: number;
}

/**
 * Adds jobs for chunks that are in the ledger, without waiting for the queue. The request is accepted already: trouble
 * with the queue must not turn its answer into an error, and the reconciler adds missing jobs.
 */
export function enqueueAccepted(
  producer: Producer,
  name: JobName,
  ref: ImportRef,
  chunks: readonly AcceptedChunk[],
  { id: requestId, log }: FastifyRequest,
): void {
  const queued = chunks.map(({ chunkIndex, priority }) => ({ ...ref, chunkIndex, requestId, priority }));
  producer.enqueue(name, queued).catch((error: unknown) => {
    log.error({ err: error, ...ref }, 'chunks could not be enqueued; the reconciler will');
  });
}
