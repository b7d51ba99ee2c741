import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';
import { NO_RECORDS, STOPPED } from '../record-columns.ts';

/** Completes the open chunks of an import with nothing saved. It waits for those that are being saved. */
export async function stopImport(db: Database, { accountId, importId }: ImportRef): Promise<void> {
  await db.$executeRaw`
    /* stop-import */
    UPDATE import_chunks
    SET ${NO_RECORDS}, ${STOPPED}
    WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid AND completed_at IS NULL`;
}
