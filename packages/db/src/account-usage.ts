import { Prisma } from './generated/client.ts';

/**
 * A statement that adds to what accounts take in the database.
 *
 * A transaction must do this last: it locks the account's row until the commit, and whoever waits for that row holds all
 * other locks that it needs.
 *
 * @param changes a SELECT of account_id, kept_bytes and stored_bytes, with one row for each account
 */
export function addUsage(changes: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO account_usage AS usage (account_id, kept_bytes, stored_bytes)
    ${changes}
    ON CONFLICT (account_id) DO UPDATE SET
      kept_bytes = usage.kept_bytes + excluded.kept_bytes,
      stored_bytes = usage.stored_bytes + excluded.stored_bytes`;
}

/**
 * A CTE with which chunks are counted when they are completed: their own bytes and, with the first chunk, those of the
 * import. It needs a CTE `completed`, with account_id, import_id, chunk_index, kept_bytes and stored_bytes.
 *
 * @param freed an expression: stored bytes that the statement removes
 */
export function countCompleted(freed = Prisma.raw('0')): Prisma.Sql {
  return Prisma.sql`,
    counted AS (${addUsage(Prisma.sql`
      SELECT
        completed.account_id,
        sum(completed.kept_bytes + coalesce(imports.kept_bytes, 0)),
        sum(completed.stored_bytes + coalesce(imports.stored_bytes + imports.fingerprint_bytes, 0)) - ${freed}
      FROM completed
      LEFT JOIN imports
        ON imports.account_id = completed.account_id
        AND imports.id = completed.import_id
        AND completed.chunk_index = 0
      GROUP BY completed.account_id`)}
    )`;
}
