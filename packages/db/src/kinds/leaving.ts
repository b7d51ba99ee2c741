import { Prisma } from '../generated/client.ts';

/**
 * A CTE named `leaving`, for the statements that refer to rows of other kinds: the imports that are about to be undone as a
 * whole. A row of one of them must not be found, as if it were not there; see `undoWhole`, which counts on three things:
 * that a statement that refers to rows has this CTE and {@link isStaying}, that it also completes a chunk, and that it
 * takes the account's turn before it inserts what refers to them.
 */
export function leavingImports(accountId: string): Prisma.Sql {
  return Prisma.sql`leaving AS MATERIALIZED (
      SELECT import_id
      FROM undo_chunks
      WHERE account_id = ${accountId}::bigint AND completed_at IS NULL AND leaving_since IS NOT NULL
    )`;
}

/**
 * A condition on the import that has made a row.
 *
 * @param column its name, such as `offers.import_id`; null in rows that no import has made
 */
export function isStaying(column: string): Prisma.Sql {
  return Prisma.raw(`(${column} IN (SELECT import_id FROM leaving)) IS NOT TRUE`);
}
