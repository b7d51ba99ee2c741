import type { Database } from '../client.ts';

/** The open chunks of an account. */
export interface AccountBacklog {
  accountId: string;
  openChunks: number;
  /** The place in the queue of the first of them. */
  firstPriority: number;
}

/** Reads the backlog of each account with open chunks. */
export async function readBacklog(db: Database): Promise<AccountBacklog[]> {
  return db.$queryRaw<AccountBacklog[]>`
    /* read-backlog */
    SELECT account_id::text AS "accountId", count(*)::integer AS "openChunks", min(priority) AS "firstPriority"
    FROM (
      SELECT account_id, priority FROM import_chunks WHERE completed_at IS NULL
      UNION ALL
      SELECT account_id, priority FROM undo_chunks WHERE completed_at IS NULL
    ) AS open
    GROUP BY account_id`;
}
