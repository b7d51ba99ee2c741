import type { ImportRef } from '@trackly/contract';

import { countCompleted } from '../account-usage.ts';
import type { Statements } from '../transaction.ts';

/**
 * Counts what a trial stores, once it is decided that it is kept. The last statement of its transaction.
 *
 * @param rowBytes estimated bytes of its rows
 */
export async function countTrial(tx: Statements, { accountId, importId }: ImportRef, rowBytes: number): Promise<void> {
  await tx.$executeRaw`
    /* count-trial */
    WITH completed AS (
      SELECT
        account_id, import_id, chunk_index, kept_bytes,
        stored_bytes + CASE WHEN chunk_index = 0 THEN ${rowBytes}::integer ELSE 0 END AS stored_bytes
      FROM import_chunks
      WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid
    )${countCompleted()}
    SELECT 1`;
}
