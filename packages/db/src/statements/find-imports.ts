import type { ImportRef } from '@trackly/contract';

import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import {
  PROGRESS_COLUMNS,
  PROGRESS_JOINS,
  toProgress,
  type ImportProgress,
  type ProgressRow,
} from '../import-progress.ts';

/** The account and the request of an import, and the number of its chunks. */
interface ImportOrigin extends ImportRef {
  accountName: string;
  requestId: string;
  chunkCount: number;
  /** Number of the chunks of its undo. */
  undoChunkCount: number;
}

export interface FoundImport extends ImportProgress, ImportOrigin {}

export interface FindImportsOptions {
  /** A UUID. */
  importId?: string | undefined;
  requestId?: string | undefined;
  /** Only imports of the account with this name or id. An import that is named by its id is found in any account. */
  account?: string | undefined;
  /** Maximum number of imports. */
  count: number;
}

/**
 * Finds imports of any account by import id or by request id: the one with this id first, then the latest. Clients choose
 * the request ids, so others may have sent the same, or one that is an import's id.
 */
export async function findImports(db: Database, options: FindImportsOptions): Promise<FoundImport[]> {
  const { importId, requestId, account, count } = options;
  const ofAccount =
    account === undefined
      ? Prisma.empty
      : Prisma.sql`AND account_id IN (SELECT id FROM accounts WHERE name = ${account} OR id::text = ${account})`;
  const rows = await db.$queryRaw<(ProgressRow & ImportOrigin)[]>`
    /* find-imports */
    WITH found AS MATERIALIZED (
      (
        SELECT account_id, id
        FROM imports
        WHERE request_id = ${requestId} ${ofAccount}
        ORDER BY id DESC
        LIMIT ${count}
      )
      UNION
      SELECT imports.account_id, imports.id
      FROM accounts
      JOIN imports ON imports.account_id = accounts.id AND imports.id = ${importId}::uuid
    )
    SELECT
      imports.account_id::text AS "accountId",
      accounts.name AS "accountName",
      imports.request_id AS "requestId",
      chunk.chunks::integer AS "chunkCount",
      undo.chunks::integer AS "undoChunkCount", ${PROGRESS_COLUMNS}
    FROM found
    JOIN imports ON imports.account_id = found.account_id AND imports.id = found.id
    JOIN accounts ON accounts.id = found.account_id ${PROGRESS_JOINS}
    ORDER BY imports.id = ${importId}::uuid DESC, imports.id DESC
    LIMIT ${count}`;
  return rows.map(toProgress);
}
