import type { ListStatus } from '@trackly/contract';

import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';

export interface ListRow {
  id: bigint;
  listNumber: string;
  brandName: string | null;
  listName: string | null;
  listType: string | null;
  status: ListStatus;
  contactCount: bigint;
  /** Null: not known. */
  createdAt: Date | null;
}

export interface ListPageOptions {
  accountId: string;
  status: ListStatus | undefined;
  /** How many lists come before the page. */
  offset: number;
  /** Maximum number of lists. */
  count: number;
}

const COLUMNS = Prisma.raw(`
      id,
      list_number AS "listNumber",
      brand_name AS "brandName",
      list_name AS "listName",
      list_type AS "listType",
      status,
      contact_count AS "contactCount",
      created_at AS "createdAt"`);

/** Reads a page of an account's lists, in the order in which they were made. */
export async function listLists(db: Database, options: ListPageOptions): Promise<ListRow[]> {
  const { accountId, status, offset, count } = options;
  return db.$queryRaw<ListRow[]>`
    /* list-lists */
    SELECT ${COLUMNS}
    FROM sending_lists
    WHERE account_id = ${accountId}::bigint ${withStatus(status)}
    ORDER BY id
    OFFSET ${offset}::integer LIMIT ${count}::integer`;
}

/** Counts an account's lists, up to `most`. */
export async function countLists(
  db: Database,
  { accountId, status, most }: Pick<ListPageOptions, 'accountId' | 'status'> & { most: number },
): Promise<number> {
  const [found] = await db.$queryRaw<{ count: number }[]>`
    /* count-lists */
    SELECT count(*)::integer AS count
    FROM (
      SELECT FROM sending_lists WHERE account_id = ${accountId}::bigint ${withStatus(status)} LIMIT ${most}::integer
    ) AS counted`;
  return found?.count ?? 0;
}

/** Finds a list of an account by its id. */
export async function findList(db: Database, accountId: string, id: bigint): Promise<ListRow | undefined> {
  const [found] = await db.$queryRaw<ListRow[]>`
    /* find-list */
    SELECT ${COLUMNS}
    FROM sending_lists
    WHERE account_id = ${accountId}::bigint AND id = ${id}::bigint`;
  return found;
}

function withStatus(status: ListStatus | undefined): Prisma.Sql {
  return status === undefined ? Prisma.empty : Prisma.sql`AND status = ${status}`;
}
