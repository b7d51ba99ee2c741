import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';
import {
  PROGRESS_COLUMNS,
  PROGRESS_JOINS,
  toProgress,
  type ImportProgress,
  type ProgressRow,
} from '../import-progress.ts';

/** Reads the progress of an import; undefined if the account has no import with that id. */
export async function readImport(
  db: Database,
  { accountId, importId }: ImportRef,
): Promise<ImportProgress | undefined> {
  const [row] = await db.$queryRaw<ProgressRow[]>`
    /* read-import */
    SELECT ${PROGRESS_COLUMNS}
    FROM imports ${PROGRESS_JOINS}
    WHERE imports.account_id = ${accountId}::bigint AND imports.id = ${importId}::uuid`;
  return row && toProgress(row);
}
