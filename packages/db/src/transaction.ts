import type { Database } from './client.ts';
import { toDatabaseError } from './database-error.ts';

/** What statements need: a database, or a transaction on it. */
export type Statements = Pick<Database, '$queryRaw' | '$executeRaw'>;

/** Milliseconds for the whole; each statement has its own limit, and the pool one for waiting for a connection. */
const TRANSACTION_TIMEOUT_MS = 90_000;

/** Milliseconds after which the server ends a transaction, and gives its locks back, whose client says nothing more. */
const IDLE_TIMEOUT_MS = 5_000;

/** How a transaction ends: with what it brought, and whether that is kept. */
export interface Ending<T> {
  value: T;
  isKept: boolean;
}

/**
 * Runs statements in one transaction, which is rolled back when `run` says so, or throws.
 *
 * @returns what it brought, kept or not
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

/** For this transaction only: a pooler would refuse the setting for a connection. */
async function limitIdleTime(tx: Statements): Promise<void> {
  await tx.$executeRaw`
    /* limit-idle-time */
    SELECT set_config('idle_in_transaction_session_timeout', ${String(IDLE_TIMEOUT_MS)}, true)`;
}
