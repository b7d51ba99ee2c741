import type { ImportRef, KindSpec } from '@trackly/contract';

import { addUsage } from '../account-usage.ts';
import { deleteRecordsOf, STOPPED } from '../chunk-records.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { FINGERPRINT_BYTES, UNDO_CHUNK_BYTES } from '../stored-bytes.ts';
import { LOWEST_PRIORITY } from './accept-import.ts';

export interface UndoRequest extends ImportRef {
  requestId: string;
  /** Maximum number of records in a chunk. */
  chunkSize: number;
  /** The place in the queue that is being served now. */
  virtualTime: number;
}

/** A chunk of an undo, and its place in the queue. */
export interface UndoChunk {
  chunkIndex: number;
  priority: number;
}

/**
 * Writes the request to undo an import to the ledger. After this call, the request cannot be lost. Stops the import's
 * open chunks that no worker is saving at the moment; the undo waits for the others. Forgets the import's fingerprints:
 * nothing stops an undo any more, so its records can be imported again already. It is safe to call this again.
 *
 * Of a kind that is undone as a whole, the undo may be refused. So nothing is stopped or forgotten: the import must be as
 * if the undo had not been requested. The one chunk gets another index than that of the undo that was refused last, whose
 * job may still be in the queue.
 *
 * @returns the chunks to undo; none if there is no such import of the kind, or its undo was requested before
 */
export async function requestUndo(db: Database, kind: KindSpec, request: UndoRequest): Promise<UndoChunk[]> {
  const { accountId, importId, requestId, chunkSize, virtualTime } = request;
  const isWhole = Prisma.raw(String(kind.isUndoneAsWhole ?? false));
  return db.$queryRaw<UndoChunk[]>`
    /* request-undo */
    WITH import AS (
      UPDATE imports
      SET undo_requested_at = now()
      WHERE account_id = ${accountId}::bigint
        AND id = ${importId}::uuid
        AND kind = ${kind.name}
        AND undo_requested_at IS NULL
      RETURNING account_id, id, record_count, kept_bytes, stored_bytes + fingerprint_bytes AS stored_bytes
    ),
    refused AS (
      DELETE FROM undo_chunks AS undo
      USING import
      WHERE undo.account_id = import.account_id AND undo.import_id = import.id
      RETURNING undo.chunk_index
    ),
    idle AS MATERIALIZED (
      SELECT chunk.account_id, chunk.import_id, chunk.chunk_index
      FROM import
      JOIN import_chunks AS chunk
        ON chunk.account_id = import.account_id AND chunk.import_id = import.id AND chunk.completed_at IS NULL
      WHERE NOT ${isWhole}
      FOR UPDATE OF chunk SKIP LOCKED
    ),
    stopped AS (
      UPDATE import_chunks
      SET ${STOPPED}
      FROM idle
      WHERE import_chunks.account_id = idle.account_id
        AND import_chunks.import_id = idle.import_id
        AND import_chunks.chunk_index = idle.chunk_index
      RETURNING
        import_chunks.account_id, import_chunks.import_id, import_chunks.chunk_index, import_chunks.stored_bytes
    ),
    emptied AS (${deleteRecordsOf(kind, 'stopped')}
    ),
    forgotten AS (
      DELETE FROM import_fingerprints AS known
      USING import
      WHERE known.account_id = import.account_id AND known.import_id = import.id AND NOT ${isWhole}
      RETURNING ${FINGERPRINT_BYTES}::integer + octet_length(known.import_name) AS stored_bytes
    ),
    place AS MATERIALIZED (
      SELECT least(greatest(max(priority) + 1, ${virtualTime}::integer), ${LOWEST_PRIORITY}::integer) AS priority
      FROM (
        SELECT priority FROM import_chunks WHERE account_id = ${accountId}::bigint AND completed_at IS NULL
        UNION ALL
        SELECT priority FROM undo_chunks WHERE account_id = ${accountId}::bigint AND completed_at IS NULL
      ) AS open
    ),
    added AS (
      INSERT INTO undo_chunks (
        account_id, import_id, chunk_index, first_record, last_record, request_id, priority, is_whole
      )
      SELECT
        import.account_id, import.id, position + (SELECT coalesce(max(chunk_index) + 1, 0) FROM refused),
        position * size, least((position + 1) * size, import.record_count) - 1,
        ${requestId}, place.priority, ${isWhole}
      FROM import, place
      CROSS JOIN LATERAL (SELECT CASE WHEN ${isWhole} THEN import.record_count ELSE ${chunkSize}::integer END) AS part (size)
      CROSS JOIN LATERAL generate_series(0, (import.record_count - 1) / size) AS position
      RETURNING chunk_index, priority
    ),
    -- The import itself counts from the completion of its first chunk on.
    counted AS (${addUsage(Prisma.sql`
      SELECT
        import.account_id,
        CASE WHEN EXISTS (SELECT FROM stopped WHERE chunk_index = 0) THEN import.kept_bytes ELSE 0 END,
        CASE WHEN EXISTS (SELECT FROM stopped WHERE chunk_index = 0) THEN import.stored_bytes ELSE 0 END
          + (SELECT coalesce(sum(stored_bytes), 0) FROM stopped)
          + ((SELECT count(*) FROM added) - (SELECT count(*) FROM refused)) * ${UNDO_CHUNK_BYTES}::integer
          - (SELECT coalesce(sum(stored_bytes), 0) FROM forgotten)
      FROM import`)}
    )
    SELECT chunk_index AS "chunkIndex", priority FROM added`;
}
