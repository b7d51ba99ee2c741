import type { Database } from '../client.ts';

/** What an account has in the ledger that is not done yet. */
export interface AccountBacklog {
  accountId: string;
  openChunks: number;
  /** The place in the queue of the one that comes first. */
  firstPriority: number;
}

/** Reads the backlog of each account that has any. */
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
