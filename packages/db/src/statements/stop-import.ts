import type { ImportRef, KindSpec } from '@trackly/contract';

import { countCompleted } from '../account-usage.ts';
import { deleteRecordsOf, STOPPED } from '../chunk-records.ts';
import type { Database } from '../client.ts';

/** Completes the open chunks of an import with nothing saved. Waits for those that are being saved. */
export async function stopImport(db: Database, kind: KindSpec, { accountId, importId }: ImportRef): Promise<void> {
  await db.$executeRaw`
    /* stop-import */
    WITH completed AS (
      UPDATE import_chunks
      SET ${STOPPED}
      WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid AND completed_at IS NULL
      RETURNING account_id, import_id, chunk_index, kept_bytes, stored_bytes
    )${countCompleted()}
    ${deleteRecordsOf(kind, 'completed')}`;
}
