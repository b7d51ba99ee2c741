import type { ChunkRef, ImportKind, Task } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface OpenChunk extends ChunkRef {
  kind: ImportKind;
  task: Task;
  requestId: string;
  /** Its place in the queue. */
  priority: number;
}

export interface FindOpenChunksOptions {
  /** Minimum number of seconds since the import was accepted or its undo requested. */
  olderThan: number;
  /** The last chunk of the page before. */
  after: OpenChunk | undefined;
  /** Maximum number of chunks. */
  count: number;
}

/** Finds open chunks, to be saved or to be undone, page by page in the order of their keys. */
export async function findOpenChunks(db: Database, options: FindOpenChunksOptions): Promise<OpenChunk[]> {
  const { olderThan, after, count } = options;
  return db.$queryRaw<OpenChunk[]>`
    /* find-open-chunks */
    WITH open AS (
      SELECT
        chunk.account_id, chunk.import_id, chunk.chunk_index, chunk.priority, imports.kind, imports.request_id,
        CASE WHEN imports.is_dry_run OR imports.is_atomic THEN 'try' ELSE 'save' END AS task,
        imports.created_at AS since
      FROM import_chunks AS chunk
      JOIN imports ON imports.account_id = chunk.account_id AND imports.id = chunk.import_id
      WHERE chunk.completed_at IS NULL
      UNION ALL
      SELECT
        chunk.account_id, chunk.import_id, chunk.chunk_index, chunk.priority, imports.kind, chunk.request_id,
        'undo', imports.undo_requested_at
      FROM undo_chunks AS chunk
      JOIN imports ON imports.account_id = chunk.account_id AND imports.id = chunk.import_id
      WHERE chunk.completed_at IS NULL
    )
    SELECT
      account_id::text AS "accountId",
      import_id AS "importId",
      chunk_index AS "chunkIndex",
      kind,
      task,
      request_id AS "requestId",
      priority
    FROM open
    WHERE since < now() - make_interval(secs => ${olderThan})
      AND (
        ${after === undefined}
        OR (account_id, import_id, chunk_index, task)
          > (${after?.accountId}::bigint, ${after?.importId}::uuid, ${after?.chunkIndex}::integer, ${after?.task})
      )
    ORDER BY account_id, import_id, chunk_index, task
    LIMIT ${count}`;
}
