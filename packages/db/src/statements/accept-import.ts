import { toJson, type CheckedRecord, type ImportRef, type KindSpec, type RejectedRecord } from '@trackly/contract';

import { arrayLiteral } from '../array-literal.ts';
import { fieldArrays, fieldColumns, recordsTable } from '../chunk-records.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';

/**
 * The last place that BullMQ supports. Accounts whose chunks get that far are served in order instead of taking turns.
 */
export const LOWEST_PRIORITY = 2_097_151;

/** What makes a request safe to send again. */
export interface Idempotency {
  key: string;
  /** SHA-256 of the body and the parameters. */
  requestHash: Uint8Array<ArrayBuffer>;
}

export interface NewImport extends ImportRef {
  kind: KindSpec;
  requestId: string;
  recordCount: number;
  chunks: CheckedRecord[][];
  rejected: RejectedRecord[];
  /** Carried out and rolled back. */
  isDryRun?: boolean;
  /** Saved as a whole or not at all. */
  isAtomic?: boolean;
  idempotency?: Idempotency | undefined;
  /** The place in the queue that is being served now. An account without open chunks begins there. */
  virtualTime: number;
}

export type Acceptance =
  /** The import is in the ledger. Its first chunk has this place in the queue, each further one the next. */
  | { status: 'accepted'; priority: number }
  /** The same request was accepted before, as this import. */
  | { status: 'replayed'; importId: string }
  /** Another request was accepted before under the same key. */
  | { status: 'key_reused' };

/**
 * Writes an import and its chunks, records included. After this call, the import cannot be lost. It is safe to call
 * this again for the same import, so a caller can retry after a lost connection.
 *
 * Start-time fair queueing assigns the places in the queue: an account's next chunk comes after its last open one or,
 * if it has none, after what is being served now. So accounts take turns, however much each has open, and the chunks of
 * one account stay in order. https://doi.org/10.1109/90.649569
 */
export async function acceptImport(db: Database, added: NewImport): Promise<Acceptance> {
  const { accountId, importId, kind, requestId, recordCount, chunks, rejected, idempotency, virtualTime } = added;
  const { isDryRun = false, isAtomic = false } = added;
  const rejections = rejected.map(({ record: _record, ...rejection }) => rejection);
  const lastPlace = LOWEST_PRIORITY - chunks.length;

  const [accepted] = await db.$queryRaw<{ priority: number }[]>`
    /* accept-import */
    WITH place AS MATERIALIZED (
      SELECT least(greatest(max(priority) + 1, ${virtualTime}::integer), ${lastPlace}::integer) AS priority
      FROM import_chunks
      WHERE account_id = ${accountId}::bigint AND completed_at IS NULL
    ),
    accepted AS (
      INSERT INTO imports (
        account_id, id, kind, request_id, record_count, is_dry_run, is_atomic,
        rejected, rejected_records, idempotency_key, request_hash
      )
      VALUES (
        ${accountId}::bigint, ${importId}::uuid, ${kind.name}, ${requestId}, ${recordCount}, ${isDryRun}, ${isAtomic},
        ${JSON.stringify(rejections)}::json, ${arrayLiteral(rejected.map(({ record }) => toJson(record)))}::text[], ${idempotency?.key}, ${idempotency?.requestHash}
      )
      ON CONFLICT DO NOTHING
      RETURNING account_id, id
    )${insertChunks(kind, chunks)}
    SELECT place.priority FROM accepted, place`;
  if (accepted) return { status: 'accepted', ...accepted };
  return (await findAccepted(db, added)) ?? acceptImport(db, added);
}

function insertChunks(kind: KindSpec, chunks: readonly CheckedRecord[][]): Prisma.Sql {
  if (chunks.length === 0) return Prisma.empty;
  const rows = chunks.map((records, chunkIndex) => {
    const recordIndexes = arrayLiteral(records.map(({ index }) => index));
    return Prisma.sql`(
      ${chunkIndex}::integer, ${records.length}::integer, ${recordIndexes}::integer[],
      ${fieldArrays(kind, records)}
    )`;
  });
  return Prisma.sql`,
    new_chunk (chunk_index, record_count, record_indexes, ${fieldColumns(kind)}) AS MATERIALIZED (
      VALUES ${Prisma.join(rows)}
    ),
    chunk AS (
      INSERT INTO import_chunks (account_id, import_id, chunk_index, record_count, record_indexes, priority)
      SELECT
        accepted.account_id, accepted.id, chunk_index, record_count, record_indexes, place.priority + chunk_index
      FROM accepted, place, new_chunk
    ),
    chunk_records AS (
      INSERT INTO ${recordsTable(kind)} (account_id, import_id, chunk_index, ${fieldColumns(kind)})
      SELECT accepted.account_id, accepted.id, chunk_index, ${fieldColumns(kind)}
      FROM accepted, new_chunk
    )`;
}

/** Finds the import that was accepted before; undefined if it was removed meanwhile. */
async function findAccepted(db: Database, added: NewImport): Promise<Acceptance | undefined> {
  const { accountId, importId, kind, idempotency } = added;
  const [found] = await db.$queryRaw<{ id: string; isSame: boolean }[]>`
    /* find-accepted-import */
    SELECT id, request_hash IS NOT DISTINCT FROM ${idempotency?.requestHash}::bytea AS "isSame"
    FROM imports
    WHERE account_id = ${accountId}::bigint
      AND (id = ${importId}::uuid OR (kind = ${kind.name} AND idempotency_key = ${idempotency?.key}))`;
  if (!found) return undefined;
  if (found.id === importId) return { status: 'accepted', priority: added.virtualTime };
  return found.isSame ? { status: 'replayed', importId: found.id } : { status: 'key_reused' };
}
