import type { Database } from './client.ts';
import { toDatabaseError } from './database-error.ts';

/** What statements run on: a database or a transaction. */
export type Statements = Pick<Database, '$queryRaw' | '$executeRaw'>;

/** Timeout of a whole transaction, in milliseconds. Statements, and waiting for a connection, have their own. */
const TRANSACTION_TIMEOUT_MS = 90_000;

/** After this many milliseconds without a statement, the server ends a transaction and releases its locks. */
const IDLE_TIMEOUT_MS = 5_000;

/** How a transaction ends: its result, and whether to commit it. */
export interface Ending<T> {
  value: T;
  isKept: boolean;
}

/**
 * Runs statements in one transaction, and rolls it back if `run` throws or returns `isKept: false`.
 *
 * @returns the value of `run`, committed or not
 * @throws DatabaseError
 */
export async function inTransaction<T>(db: Database, run: (tx: Statements) => Promise<Ending<T>>): Promise<T> {
  const rolledBack: Ending<T>[] = [];
  try {
    return await db.$transaction(
      async (tx) => {
        await limitIdleTime(tx);
        const ending = await run(tx);
        if (!ending.isKept) {
          rolledBack.push(ending);
          throw new Error('To be rolled back.');
        }
        return ending.value;
      },
      { maxWait: TRANSACTION_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS },
    );
  } catch (error) {
    const [ending] = rolledBack;
    if (ending) return ending.value;
    throw toDatabaseError(error);
  }
}

/** Sets the limit for this transaction only, because a pooler would refuse it as a setting of the connection. */
async function limitIdleTime(tx: Statements): Promise<void> {
  await tx.$executeRaw`
    /* limit-idle-time */
    SELECT set_config('idle_in_transaction_session_timeout', ${String(IDLE_TIMEOUT_MS)}, true)`;
}
