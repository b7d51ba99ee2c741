import type { ImportRef, ListedRejection } from '@trackly/contract';

import type { Database } from '../client.ts';

export interface ReadImportErrorsOptions extends ImportRef {
  /** Only records with a larger index. */
  afterIndex: number;
  /** Maximum number of records. */
  count: number;
}

/**
 * Reads the rejected records of an import by index, those that the checks rejected and those that a worker rejected, and
 * among them the records with warnings.
 */
export async function readImportErrors(db: Database, options: ReadImportErrorsOptions): Promise<ListedRejection[]> {
  const { accountId, importId, afterIndex, count } = options;
  return db.$queryRaw<ListedRejection[]>`
    /* read-import-errors */
    WITH failed AS (
      SELECT failed.*, false AS is_warning
      FROM imports
      CROSS JOIN ROWS FROM (json_array_elements(imports.rejected), unnest(imports.rejected_records))
        AS failed (error, record)
      WHERE imports.account_id = ${accountId}::bigint AND imports.id = ${importId}::uuid
      UNION ALL
      SELECT failed.error, nullif(failed.record::text, 'null'), false
      FROM import_chunks AS chunk
      CROSS JOIN ROWS FROM (json_array_elements(chunk.errors), json_array_elements(chunk.rejected_records))
        AS failed (error, record)
      WHERE chunk.account_id = ${accountId}::bigint AND chunk.import_id = ${importId}::uuid
      UNION ALL
      SELECT warning, NULL, true
      FROM import_chunks AS chunk
      CROSS JOIN json_array_elements(chunk.warnings) AS warning
      WHERE chunk.account_id = ${accountId}::bigint AND chunk.import_id = ${importId}::uuid
    ),
    indexed AS (
      SELECT
        (error ->> 'index')::integer AS index, error ->> 'code' AS code, coalesce(error -> 'fields', '{}') AS fields,
        record, is_warning
      FROM failed
    )
    SELECT index, code, fields, record, is_warning AS "isWarning"
    FROM indexed
    WHERE index > ${afterIndex}
    ORDER BY index
    LIMIT ${count}`;
}
