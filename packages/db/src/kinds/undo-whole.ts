import { setTimeout as delay } from 'node:timers/promises';

import type { ChunkRef, KindSpec } from '@trackly/contract';

import { addUsage } from '../account-usage.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { FINGERPRINT_BYTES } from '../stored-bytes.ts';
import { totalsAndUndoCountsOf } from '../totals.ts';
import type { Statements } from '../transaction.ts';
import { inUndoTurn } from './take-turn.ts';
import { UNDO_TIMEOUT_MS, type UndoneChunk } from './undo.ts';

/** How long an undo waits for transactions of others before its job is put back, in milliseconds. */
const LOOKS = 5;
const LOOK_EVERY_MS = 40;

/** What a kind does to undo an import as a whole. */
export interface WholeUndo {
  /**
   * A SELECT of one row that counts what refers to rows of the import: an integer column for each name in the answer
   * that refuses the undo, which leaves zeros out.
   */
  references: Prisma.Sql;
  /**
   * CTEs with what the kind does. They can read `chunk`: the import and the range of its records. One of them must be
   * `removed`: the totals' fields and `stored_bytes` of each removed row, as it was counted when it was saved. If the
   * kind has undo counts, another one must be `undo_counts`: one row with an integer column for each.
   */
  steps: Prisma.Sql;
}

/**
 * Undoes an import as a whole, if nothing refers to its rows, or not at all. Needs several calls if others are at work;
 * each continues where the one before, or its worker, has ended.
 *
 * Whoever refers to rows looks for them before they have the account's turn, so what they see may be old. Therefore the
 * import is marked first: from then on nobody finds its rows (see `leavingImports`). Then all transactions end that may
 * have looked before. What refers to the rows now is all there will ever be, and the turn keeps it from being removed.
 *
 * @returns undefined if there is no such chunk
 */
export async function undoWhole(
  db: Database,
  kind: KindSpec,
  chunk: ChunkRef,
  { references, steps }: WholeUndo,
): Promise<UndoneChunk | undefined> {
  const state = await readState(db, chunk);
  if (!state) return undefined;
  if (state.isCompleted) return { status: state.isRefused ? 'in_use' : 'undone_before', removedCount: 0 };
  if (state.isImportOpen) return { status: 'import_open', removedCount: 0 };

  if (!state.isLeaving) {
    // Most undos that are refused are refused here, before records of others are rejected because of the mark.
    const inUse = await countReferences(db, references);
    if (inUse && (await refuse(db, chunk, inUse, false))) return { status: 'in_use', removedCount: 0 };
    await markAsLeaving(db, chunk);
  }
  if (!(await haveOthersEnded(db, chunk))) return { status: 'others_open', removedCount: 0 };

  const undone = await inUndoTurn(db, chunk, UNDO_TIMEOUT_MS, async (tx): Promise<UndoneChunk> => {
    const inUse = await countReferences(tx, references);
    if (!inUse) return remove(tx, kind, chunk, steps);
    await refuse(tx, chunk, inUse, true);
    return { status: 'in_use', removedCount: 0 };
  });
  return undone ?? { status: 'turn_taken', removedCount: 0 };
}

interface State {
  isCompleted: boolean;
  isRefused: boolean;
  isLeaving: boolean;
  isImportOpen: boolean;
}

async function readState(db: Database, { accountId, importId, chunkIndex }: ChunkRef): Promise<State | undefined> {
  const [state] = await db.$queryRaw<State[]>`
    /* read-undo-state */
    SELECT
      completed_at IS NOT NULL AS "isCompleted",
      in_use IS NOT NULL AS "isRefused",
      leaving_since IS NOT NULL AS "isLeaving",
      EXISTS (
        SELECT FROM import_chunks AS open
        WHERE open.account_id = undo.account_id AND open.import_id = undo.import_id AND open.completed_at IS NULL
      ) AS "isImportOpen"
    FROM undo_chunks AS undo
    WHERE ${isChunk(accountId, importId, chunkIndex)}`;
  return state;
}

/** Counts what refers to rows of the import, by name, as JSON; undefined if nothing does. */
async function countReferences(db: Statements, references: Prisma.Sql): Promise<string | undefined> {
  const [found] = await db.$queryRaw<{ inUse: string | null }[]>`
    /* count-references */
    WITH reference AS MATERIALIZED (${references})
    SELECT json_object_agg(each.name, each.value::bigint)::text AS "inUse"
    FROM reference, json_each_text(row_to_json(reference)) AS each (name, value)
    WHERE each.value::bigint > 0`;
  return found?.inUse ?? undefined;
}

/** Completes the undo with nothing undone: the import is as it was before the request, and can be undone another time. */
async function refuse(
  db: Statements,
  { accountId, importId, chunkIndex }: ChunkRef,
  inUse: string,
  isLeaving: boolean,
): Promise<boolean> {
  const count = await db.$executeRaw`
    /* refuse-undo */
    WITH refused AS (
      UPDATE undo_chunks AS undo
      SET completed_at = clock_timestamp(), removed_count = 0, removed_totals = '{}', in_use = ${inUse}::json
      WHERE ${isChunk(accountId, importId, chunkIndex)}
        AND undo.completed_at IS NULL
        AND (undo.leaving_since IS NOT NULL) = ${isLeaving}
      RETURNING undo.account_id, undo.import_id
    )
    UPDATE imports
    SET undo_requested_at = NULL
    FROM refused
    WHERE imports.account_id = refused.account_id AND imports.id = refused.import_id`;
  return count > 0;
}

/** A transaction of its own: only after its commit may the next statement look who has not seen the mark. */
async function markAsLeaving(db: Database, { accountId, importId, chunkIndex }: ChunkRef): Promise<void> {
  await db.$executeRaw`
    /* mark-as-leaving */
    UPDATE undo_chunks AS undo
    SET leaving_since = clock_timestamp()
    WHERE ${isChunk(accountId, importId, chunkIndex)} AND undo.leaving_since IS NULL AND undo.completed_at IS NULL`;
}

/**
 * Whoever saves a chunk locks the table of chunks before the statement sees anything, until the end of the transaction.
 * So whoever does not have that lock once the mark is committed will see the mark. Every role may read `pg_locks`, and
 * neither a dump nor an idle session is waited for. If the server has restarted meanwhile, none of them exists any more.
 */
const SAVING = Prisma.sql`
  SELECT virtualtransaction
  FROM pg_locks
  WHERE locktype = 'relation'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relation = 'import_chunks'::regclass
    AND mode = 'RowExclusiveLock'`;

/** Whether all transactions have ended that may have looked for rows before the import was marked. Waits a moment. */
async function haveOthersEnded(db: Database, { accountId, importId, chunkIndex }: ChunkRef): Promise<boolean> {
  await db.$executeRaw`
    /* find-who-has-not-seen */
    UPDATE undo_chunks AS undo
    SET waits_for = ARRAY(${SAVING})
    WHERE ${isChunk(accountId, importId, chunkIndex)} AND undo.leaving_since IS NOT NULL AND undo.waits_for IS NULL`;
  for (let look = 1; look <= LOOKS; look += 1) {
    const [found] = await db.$queryRaw<{ haveEnded: boolean }[]>`
      /* look-for-them */
      SELECT NOT undo.waits_for && ARRAY(${SAVING}) AS "haveEnded"
      FROM undo_chunks AS undo
      WHERE ${isChunk(accountId, importId, chunkIndex)}`;
    if (!found || found.haveEnded) return true;
    await delay(LOOK_EVERY_MS);
  }
  return false;
}

async function remove(
  tx: Statements,
  kind: KindSpec,
  { accountId, importId, chunkIndex }: ChunkRef,
  steps: Prisma.Sql,
): Promise<UndoneChunk> {
  const [undone] = await tx.$queryRaw<{ removedCount: number }[]>(Prisma.sql`
    ${Prisma.raw(`/* undo-${kind.name}-import */`)}
    WITH chunk AS MATERIALIZED (
      SELECT undo.account_id, undo.import_id, undo.chunk_index, undo.first_record, undo.last_record
      FROM undo_chunks AS undo
      WHERE ${isChunk(accountId, importId, chunkIndex)} AND undo.completed_at IS NULL AND undo.leaving_since IS NOT NULL
      FOR UPDATE
    ),
    ${steps},

    total AS (
      SELECT count(*) AS removed_count, ${totalsAndUndoCountsOf(kind)} AS totals, coalesce(sum(stored_bytes), 0) AS bytes
      FROM removed
    ),

    completed AS (
      UPDATE undo_chunks AS undo
      SET completed_at = clock_timestamp(), removed_count = total.removed_count, removed_totals = total.totals
      FROM total, chunk
      WHERE undo.account_id = chunk.account_id
        AND undo.import_id = chunk.import_id
        AND undo.chunk_index = chunk.chunk_index
      RETURNING undo.account_id, undo.removed_count
    ),

    -- Not with the request to undo: until now it could be refused.
    forgotten AS (
      DELETE FROM import_fingerprints AS known
      USING chunk
      WHERE known.account_id = chunk.account_id AND known.import_id = chunk.import_id
      RETURNING ${FINGERPRINT_BYTES}::integer + octet_length(known.import_name) AS stored_bytes
    ),

    counted AS (${addUsage(Prisma.sql`
      SELECT completed.account_id, 0, -total.bytes - (SELECT coalesce(sum(stored_bytes), 0) FROM forgotten)
      FROM completed, total`)}
    )

    SELECT removed_count AS "removedCount" FROM completed`);
  return undone
    ? { status: 'undone', removedCount: undone.removedCount }
    : { status: 'undone_before', removedCount: 0 };
}

function isChunk(accountId: string, importId: string, chunkIndex: number): Prisma.Sql {
  return Prisma.sql`
    undo.account_id = ${accountId}::bigint AND undo.import_id = ${importId}::uuid AND undo.chunk_index = ${chunkIndex}`;
}
