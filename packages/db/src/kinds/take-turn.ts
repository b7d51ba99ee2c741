import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';
import { DatabaseError } from '../database-error.ts';
import { Prisma } from '../generated/client.ts';
import { inTransaction, type Statements } from '../transaction.ts';

/** How long an undo stands in line for the account's turn, in milliseconds: a part of the time since its request. */
const SHORTEST_IN_LINE_MS = 100;
const LONGEST_IN_LINE_MS = 4_000;
const IN_LINE_MS_PER_SECOND = 50;

/** An expression that takes the account's turn at its contacts until the end of the transaction. */
export function accountTurn(accountId: string): Prisma.Sql {
  return Prisma.sql`pg_advisory_xact_lock(hashtextextended('contact-stats', ${accountId}::bigint))`;
}

/**
 * Takes the account's turn at its contacts until the end of the transaction. A separate statement, so that the next one
 * sees what the former holders of the turn have committed.
 *
 * @param timeoutMs of the further statements of the transaction, in milliseconds
 */
export async function takeTurn(
  tx: Statements,
  { accountId }: Pick<ImportRef, 'accountId'>,
  timeoutMs: number,
): Promise<void> {
  await tx.$executeRaw`
    /* take-turn */
    SELECT
      set_config('statement_timeout', ${String(timeoutMs)}, true),
      ${accountTurn(accountId)}`;
}

/** A SQLSTATE: a lock was not free in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Does something in the account's turn, to undo an import. Does not wait while another undo of the account waits for the
 * turn or has it, and otherwise not for long: an account with many undos would hold all workers. The longer an undo has
 * been waiting since its request, the longer it stands in line for the turn, so that it gets it in the end.
 *
 * @param timeoutMs of each statement that `run` has, in milliseconds
 * @returns undefined if it has not got the turn
 */
export async function inUndoTurn<T>(
  db: Database,
  ref: ImportRef,
  timeoutMs: number,
  run: (tx: Statements) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await inTransaction(db, async (tx) => {
      if (!(await isFirstInLine(tx, ref))) return { value: undefined, isKept: false };
      await takeTurn(tx, ref, timeoutMs);
      await tx.$executeRaw`
        /* wait-as-always */
        SELECT set_config('lock_timeout', '0', true)`;
      return { value: await run(tx), isKept: true };
    });
  } catch (error) {
    if (error instanceof DatabaseError && error.sqlState === LOCK_NOT_AVAILABLE) return undefined;
    throw error;
  }
}

async function isFirstInLine(tx: Statements, { accountId, importId }: ImportRef): Promise<boolean> {
  const [line] = await tx.$queryRaw<{ isFirst: boolean }[]>`
    /* stand-in-line */
    SELECT
      pg_try_advisory_xact_lock(hashtextextended('undo', ${accountId}::bigint)) AS "isFirst",
      set_config(
        'lock_timeout',
        (
          SELECT least(${LONGEST_IN_LINE_MS}::integer, greatest(
            ${SHORTEST_IN_LINE_MS}::integer, extract(epoch FROM now() - min(undo_requested_at)) * ${IN_LINE_MS_PER_SECOND}::integer
          ))::integer::text
          FROM imports
          WHERE account_id = ${accountId}::bigint AND id = ${importId}::uuid
        ),
        true
      )`;
  return line?.isFirst ?? false;
}
