import type { ImportKind, ImportStatus } from '@trackly/contract';
import { MAX, NIL, v7 as uuidv7 } from 'uuid';

import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import {
  PROGRESS_COLUMNS,
  PROGRESS_JOINS,
  toProgress,
  type ImportProgress,
  type ProgressRow,
} from '../import-progress.ts';

export interface ImportFilter {
  accountId: string;
  status?: ImportStatus | undefined;
  kind?: ImportKind | undefined;
  /** All existing kinds. */
  kinds: readonly ImportKind[];
  idempotencyKey?: string | undefined;
  /** Accepted at this time or later: ISO 8601 with a zone. */
  from?: string | undefined;
  /** Accepted before this time: ISO 8601 with a zone. */
  to?: string | undefined;
  /** The last import of the page before: a UUID. */
  after?: string | undefined;
  /** Maximum number of imports. */
  count: number;
}

/** The API makes an import's id, PostgreSQL its time. Their clocks may differ by this much. */
const CLOCK_SKEW_MS = 3_600_000;

/**
 * Lists imports of an account, the latest first. Import ids ascend with time, so the primary key yields them in order.
 * Partial indexes find open imports, without reading every import.
 */
export async function listImports(db: Database, filter: ImportFilter): Promise<ImportProgress[]> {
  const { accountId, status, kind, idempotencyKey, from, to, after = MAX, count } = filter;
  const firstId = from === undefined ? NIL : idAt(Date.parse(from) - CLOCK_SKEW_MS);
  const endId = to === undefined ? MAX : idAt(Date.parse(to) + CLOCK_SKEW_MS);
  // The index of idempotency keys begins with the kind: it helps if both are given, and misleads if neither is.
  const isAnyKind = kind === undefined && idempotencyKey === undefined;
  const ofKind = isAnyKind ? Prisma.empty : Prisma.sql`AND kind = ANY (${kind ? [kind] : filter.kinds}::text[])`;
  const withKey = idempotencyKey === undefined ? Prisma.empty : Prisma.sql`AND idempotency_key = ${idempotencyKey}`;

  const rows = await db.$queryRaw<ProgressRow[]>`
    /* list-imports */
    WITH page AS MATERIALIZED (
      SELECT *
      FROM imports
      WHERE account_id = ${accountId}::bigint
        AND id >= ${firstId}::uuid
        AND id < least(${endId}::uuid, ${after}::uuid)
        AND created_at >= ${from ?? '-infinity'}::timestamptz
        AND created_at < ${to ?? 'infinity'}::timestamptz
        ${ofKind}
        ${withKey}
        ${status ? withStatus(status, accountId) : Prisma.empty}
      ORDER BY id DESC
      LIMIT ${count}
    )
    SELECT ${PROGRESS_COLUMNS}
    FROM page AS imports ${PROGRESS_JOINS}
    ORDER BY imports.id DESC`;
  return rows.map(toProgress);
}

/**
 * The condition for a status, which has no column: it must agree with PROGRESS_COLUMNS. Reads the open imports first,
 * as an array or a hash. With a join, a wrong estimate of the planner may cause a search for each import.
 */
function withStatus(status: ImportStatus, accountId: string): Prisma.Sql {
  const open = Prisma.sql`
    SELECT import_id FROM import_chunks WHERE account_id = ${accountId}::bigint AND completed_at IS NULL`;
  const openUndo = Prisma.sql`
    SELECT import_id FROM undo_chunks WHERE account_id = ${accountId}::bigint AND completed_at IS NULL`;
  switch (status) {
    case 'processing':
      return Prisma.sql`AND undo_requested_at IS NULL AND id = ANY (ARRAY(${open}))`;
    case 'completed':
      return Prisma.sql`AND undo_requested_at IS NULL AND id NOT IN (${open})`;
    case 'undoing':
      return Prisma.sql`AND undo_requested_at IS NOT NULL AND id = ANY (ARRAY(${openUndo}))`;
    case 'undone':
      return Prisma.sql`AND undo_requested_at IS NOT NULL AND id NOT IN (${openUndo})`;
  }
}

/** The smallest id of an import that was accepted at a time, in milliseconds since 1970. */
function idAt(time: number): string {
  return uuidv7({ msecs: Math.max(0, time), seq: 0, random: new Uint8Array(16) });
}
