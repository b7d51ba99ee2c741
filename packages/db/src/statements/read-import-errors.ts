import type { ImportRef, Rejection } from '@trackly/contract';

import type { Database } from '../client.ts';

/** A record that was not imported. */
export interface StoredRejection extends Rejection {
  /** JSON text: as it was sent, or as it could not be saved; null when the import is too old for it to be known. */
  record: string | null;
}

export interface ReadImportErrorsOptions extends ImportRef {
  /** Only those past this index. */
  afterIndex: number;
  /** At most. */
  count: number;
}

/** Reads which records of an import were not imported, by index: what the checks rejected, and what could not be saved. */
export async function readImportErrors(db: Database, options: ReadImportErrorsOptions): Promise<StoredRejection[]> {
  const { accountId, importId, afterIndex, count } = options;
  return db.$queryRaw<StoredRejection[]>`
    /* read-import-errors */
    WITH failed AS (
      SELECT failed.*
      FROM imports
      CROSS JOIN ROWS FROM (json_array_elements(imports.rejected), unnest(imports.rejected_records))
        AS failed (error, record)
      WHERE imports.account_id = ${accountId}::bigint AND imports.id = ${importId}::uuid
      UNION ALL
      SELECT failed.error, failed.record::text
      FROM import_chunks AS chunk
      CROSS JOIN ROWS FROM (json_array_elements(chunk.errors), json_array_elements(chunk.rejected_records))
        AS failed (error, record)
      WHERE chunk.account_id = ${accountId}::bigint AND chunk.import_id = ${importId}::uuid
    ),
    indexed AS (
      SELECT (error ->> 'index')::integer AS index, error ->> 'code' AS code, coalesce(error -> 'fields', '{}') AS fields, record
      FROM failed
    )
    SELECT index, code, fields, record
    FROM indexed
    WHERE index > ${afterIndex}
    ORDER BY index
    LIMIT ${count}`;
}
