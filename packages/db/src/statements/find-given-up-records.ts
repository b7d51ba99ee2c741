import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

/** A record that could not be saved: its `save_error`. */
export interface GivenUpRecord extends ImportRef {
  accountName: string;
  /** Position in the request. */
  recordIndex: number;
  givenUpAt: Date;
}

/** Finds the records that were given up last, the latest first. */
export async function findGivenUpRecords(db: Database, most: number): Promise<GivenUpRecord[]> {
  return db.$queryRaw<GivenUpRecord[]>`
    /* find-given-up-records */
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
      last.completed_at AS "givenUpAt"
    FROM last
    JOIN accounts ON accounts.id = last.account_id
    ORDER BY last.completed_at DESC`;
}
