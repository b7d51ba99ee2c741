import {
  MAX_KEPT_IMPORT_BYTES,
  MAX_KEPT_RECORD_BYTES,
  type CheckedRecord,
  type ImportRef,
  type KeptRejection,
  type KindSpec,
} from '@trackly/contract';

import { addUsage } from '../account-usage.ts';
import { arrayLiteral } from '../array-literal.ts';
import { eachField, fieldArrays, fieldColumns, recordsTable } from '../chunk-records.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { importBytes, type ImportBytes } from '../stored-bytes.ts';

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

/** Where the records of an import come from, to notice when the same records come again from elsewhere. */
export interface ImportSource {
  /** The name of what the client imports, such as a file. */
  name: string;
  /** Of records in that file: 16 bytes each, in hexadecimal. */
  fingerprints: readonly string[];
  /** Whether to import the records even if they were imported before. */
  mayRepeat: boolean;
}

export interface NewImport extends ImportRef {
  kind: KindSpec;
  requestId: string;
  recordCount: number;
  chunks: CheckedRecord[][];
  rejected: KeptRejection[];
  /** How many more bytes of records the workers may keep if they reject them. Default: what the import may keep. */
  keptLimit?: number;
  /** Carried out and rolled back. */
  isDryRun?: boolean;
  /** Saved as a whole or not at all. */
  isAtomic?: boolean;
  idempotency?: Idempotency | undefined;
  source?: ImportSource | undefined;
  /** The place in the queue that is being served now. An account without open chunks begins there. */
  virtualTime: number;
}

export type Acceptance =
  /** The import is in the ledger. Its first chunk has this place in the queue, each further one the next. */
  | { status: 'accepted'; priority: number }
  /** The same request was accepted before, as this import. */
  | { status: 'replayed'; importId: string }
  /** Another request was accepted before under the same key. */
  | { status: 'key_reused' }
  /** Nothing is accepted, because an earlier import, under this name, has brought some of the same records. */
  | ({ status: 'already_imported' } & EarlierImport);

export interface EarlierImport {
  importName: string;
  importId: string;
}

/**
 * Writes an import and its chunks, records included. After this call, the import cannot be lost. It is safe to call
 * this again for the same import, so a caller can retry after a lost connection.
 *
 * Start-time fair queueing assigns the places in the queue: an account's next chunk comes after its last open one or,
 * if it has none, after what is being served now. So accounts take turns, however much each has open, and the chunks of
 * one account stay in order. https://doi.org/10.1109/90.649569
 *
 * Without chunks, the import is completed, and counts as stored. Otherwise it does once its chunks are completed.
 *
 * If the import has a source, first looks for an earlier import of the same records. A request that was accepted before
 * is replayed, whatever else is found.
 */
export async function acceptImport(db: Database, added: NewImport): Promise<Acceptance> {
  const { accountId, importId, kind, requestId, recordCount, chunks, rejected, idempotency, source, virtualTime } =
    added;
  const { isDryRun = false, isAtomic = false } = added;
  const rejections = rejected.map(({ record: _record, ...rejection }) => rejection);
  const notKept = rejected.filter(({ record }) => record === null).length;
  const notices = notKept > 0 ? JSON.stringify({ records_not_kept: notKept }) : null;
  const lastPlace = LOWEST_PRIORITY - chunks.length;

  const isSearched = source !== undefined && !source.mayRepeat;
  const isKept = source !== undefined && !isDryRun && chunks.length > 0;
  const bytes = bytesOf(added);

  const [result] = await db.$queryRaw<({ priority: number } | ({ priority: null } & EarlierImport))[]>`
    /* accept-import */
    WITH ${isSearched ? findEarlier(accountId, kind, source) : Prisma.empty}place AS MATERIALIZED (
      SELECT least(greatest(max(priority) + 1, ${virtualTime}::integer), ${lastPlace}::integer) AS priority
      FROM import_chunks
      WHERE account_id = ${accountId}::bigint AND completed_at IS NULL
    ),
    accepted AS (
      INSERT INTO imports (
        account_id, id, kind, request_id, record_count, is_dry_run, is_atomic,
        rejected, rejected_records, idempotency_key, request_hash,
        kept_bytes, stored_bytes, fingerprint_bytes, record_budget, notices
      )
      SELECT
        ${accountId}::bigint, ${importId}::uuid, ${kind.name}::text, ${requestId}::text, ${recordCount}::integer,
        ${isDryRun}::boolean, ${isAtomic}::boolean, ${JSON.stringify(rejections)}::json,
        ${arrayLiteral(rejected.map(({ record }) => record))}::text[],
        ${idempotency?.key}::text, ${idempotency?.requestHash}::bytea,
        ${bytes.keptBytes}::integer, ${bytes.storedBytes}::integer, ${bytes.fingerprintBytes}::integer,
        ${recordBudget(added)}::integer, ${notices}::json
      ${isSearched ? Prisma.sql`WHERE NOT EXISTS (SELECT FROM earlier)` : Prisma.empty}
      ON CONFLICT DO NOTHING
      RETURNING account_id, id
    )${chunks.length === 0 ? countAsStored(bytes) : insertChunks(kind, chunks)}${isKept ? insertFingerprints(kind, source) : Prisma.empty}
    SELECT place.priority${isSearched ? withEarlier : Prisma.empty} FROM accepted, place${isSearched ? orEarlier : Prisma.empty}`;
  if (result && result.priority !== null) return { status: 'accepted', priority: result.priority };
  const found = await findAccepted(db, added);
  if (found) return found;
  if (!result) return acceptImport(db, added);
  const { importName, importId: earlierId } = result;
  return { status: 'already_imported', importName, importId: earlierId };
}

/** Estimates what an import takes besides its chunks. */
export function bytesOf({ requestId, rejected, idempotency, source, isDryRun, chunks }: NewImport): ImportBytes {
  const remembers = source !== undefined && !isDryRun && chunks.length > 0;
  return importBytes({
    requestId,
    rejected,
    idempotencyKey: idempotency?.key,
    fingerprints: remembers ? source.fingerprints : [],
    importName: source?.name,
  });
}

/** How many bytes of each record the workers may keep on average, so that each chunk of the import has its share. */
function recordBudget({ chunks, keptLimit = MAX_KEPT_IMPORT_BYTES }: NewImport): number {
  const records = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return records === 0 ? 0 : Math.min(MAX_KEPT_RECORD_BYTES, Math.floor(keptLimit / records));
}

function countAsStored({ keptBytes, storedBytes }: ImportBytes): Prisma.Sql {
  return Prisma.sql`,
    counted AS (${addUsage(Prisma.sql`SELECT account_id, ${keptBytes}::bigint, ${storedBytes}::bigint FROM accepted`)}
    )`;
}

const withEarlier = Prisma.raw(`, NULL::text AS "importName", NULL::uuid AS "importId"`);
const orEarlier = Prisma.raw(`
    UNION ALL
    SELECT NULL, import_name, import_id FROM earlier`);

/** Held until the end of the transaction, the turn makes imports of the account with fingerprints wait for each other. */
function findEarlier(accountId: string, kind: KindSpec, { name, fingerprints }: ImportSource): Prisma.Sql {
  return Prisma.sql`turn AS MATERIALIZED (
      SELECT account_id, pg_advisory_xact_lock(hashtextextended('import-fingerprints', account_id))
      FROM (VALUES (${accountId}::bigint)) AS own (account_id)
    ),
    earlier AS MATERIALIZED (
      SELECT found.import_name, found.import_id
      FROM turn
      -- It needs a column of the turn, and so begins after the wait.
      CROSS JOIN LATERAL find_earlier_import(
        turn.account_id, ${kind.name}::text, ${byteArray(fingerprints)}::bytea[], ${name}::text
      ) AS found
    ),
    `;
}

function insertFingerprints(kind: KindSpec, { name, fingerprints }: ImportSource): Prisma.Sql {
  return Prisma.sql`,
    fingerprint AS (
      INSERT INTO import_fingerprints (account_id, kind, fingerprint, import_id, import_name)
      SELECT accepted.account_id, ${kind.name}::text, sent.fingerprint, accepted.id, ${name}::text
      FROM accepted, unnest(${byteArray(fingerprints)}::bytea[]) AS sent (fingerprint)
    )`;
}

/** Writes bytes in hexadecimal as an array literal. */
function byteArray(values: readonly string[]): string {
  return arrayLiteral(values.map((hex) => `\\x${hex}`));
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
      SELECT accepted.account_id, accepted.id, chunk_index, ${eachField(kind, (column) => `new_chunk.${column}`)}
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
