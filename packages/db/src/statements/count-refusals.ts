import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface RefusalCount {
  code: string;
  records: number;
}

/** Counts the records of an import that were refused so far, by the checks or by the database, for each reason. */
export async function countRefusals(db: Database, { accountId, importId }: ImportRef): Promise<RefusalCount[]> {
  return db.$queryRaw<RefusalCount[]>`
    /* count-refusals */
    WITH refusals AS (
      SELECT rejected AS list
      FROM imports
      WHERE account_id = ${accountId}::bigint AND id = ${importId}::uuid
      UNION ALL
      SELECT errors
      FROM import_chunks
      WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid AND completed_at IS NOT NULL
    )
    SELECT refusal ->> 'code' AS code, count(*)::integer AS records
    FROM refusals, json_array_elements(list) AS refusal
    GROUP BY 1
    ORDER BY records DESC, code`;
}
