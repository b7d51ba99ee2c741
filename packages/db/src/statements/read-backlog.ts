import type { Database } from '../client.ts';

/** Counts the open chunks of each account that has any. */
export async function readBacklog(db: Database): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ accountId: string; openChunks: number }[]>`
    SELECT account_id::text AS "accountId", count(*)::integer AS "openChunks"
    FROM import_chunks
    WHERE completed_at IS NULL
    GROUP BY account_id`;
  return new Map(rows.map(({ accountId, openChunks }) => [accountId, openChunks]));
}
