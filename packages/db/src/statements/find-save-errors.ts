import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

/** A record that was rejected with `save_error`. */
export interface SaveError extends ImportRef {
  accountName: string;
  /** Position in the request. */
  recordIndex: number;
  rejectedAt: Date;
}

/** Finds the records that were last rejected with `save_error`, the latest first. */
export async function findSaveErrors(db: Database, most: number): Promise<SaveError[]> {
  return db.$queryRaw<SaveError[]>`
    /* find-save-errors */
    WITH last AS MATERIALIZED (
      SELECT account_id, import_id, errors, completed_at
      FROM import_chunks
      WHERE record_count = 1 AND success_count = 0 AND errors -> 0 ->> 'code' = 'save_error'
      ORDER BY completed_at DESC
      LIMIT ${most}
    )
    SELECT
      last.account_id::text AS "accountId",
      accounts.name AS "accountName",
      last.import_id AS "importId",
      (last.errors -> 0 ->> 'index')::integer AS "recordIndex",
      last.completed_at AS "rejectedAt"
    FROM last
    JOIN accounts ON accounts.id = last.account_id
    ORDER BY last.completed_at DESC`;
}
