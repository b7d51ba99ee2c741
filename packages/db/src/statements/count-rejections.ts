import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface RejectionCount {
  code: string;
  records: number;
}

/** Counts the records of an import that were rejected so far, by code. */
export async function countRejections(db: Database, { accountId, importId }: ImportRef): Promise<RejectionCount[]> {
  return db.$queryRaw<RejectionCount[]>`
    /* count-rejections */
    WITH rejections AS (
      SELECT rejected AS list
      FROM imports
      WHERE account_id = ${accountId}::bigint AND id = ${importId}::uuid
      UNION ALL
      SELECT errors
      FROM import_chunks
      WHERE account_id = ${accountId}::bigint AND import_id = ${importId}::uuid AND completed_at IS NOT NULL
    )
    SELECT rejection ->> 'code' AS code, count(*)::integer AS records
    FROM rejections, json_array_elements(list) AS rejection
    GROUP BY 1
    ORDER BY records DESC, code`;
}
