import type { ImportRef } from '@trackly/contract';

import type { Statements } from '../transaction.ts';

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
      pg_advisory_xact_lock(hashtextextended('contact-stats', ${accountId}::bigint))`;
}
