import type { ChunkRef } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface OpenChunk extends ChunkRef {
  requestId: string;
  /** Its place in the queue. */
  priority: number;
}

export interface FindOpenChunksOptions {
  /** Seconds since the import was accepted, at least. */
  olderThan: number;
  /** The last one of the page before. */
  after: ChunkRef | undefined;
  /** At most. */
  count: number;
}

/** Finds chunks that are still open, a page at a time, in the order of their keys. */
export async function findOpenChunks(db: Database, options: FindOpenChunksOptions): Promise<OpenChunk[]> {
  const { olderThan, after, count } = options;
  return db.$queryRaw<OpenChunk[]>`
    /* find-open-chunks */
    SELECT
      chunk.account_id::text AS "accountId",
      chunk.import_id AS "importId",
      chunk.chunk_index AS "chunkIndex",
      imports.request_id AS "requestId",
      chunk.priority
    FROM import_chunks AS chunk
    JOIN imports ON imports.account_id = chunk.account_id AND imports.id = chunk.import_id
    WHERE chunk.completed_at IS NULL
      AND (
        ${after === undefined}
        OR (chunk.account_id, chunk.import_id, chunk.chunk_index)
          > (${after?.accountId}::bigint, ${after?.importId}::uuid, ${after?.chunkIndex}::integer)
      )
      AND imports.created_at < now() - make_interval(secs => ${olderThan})
    ORDER BY chunk.account_id, chunk.import_id, chunk.chunk_index
    LIMIT ${count}`;
}
