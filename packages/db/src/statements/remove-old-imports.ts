import { v7 as uuidv7 } from 'uuid';

import { addUsage } from '../account-usage.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { FINGERPRINT_BYTES, UNDO_CHUNK_BYTES } from '../stored-bytes.ts';

export interface RetentionTimes {
  /** Imports that were accepted before this time are removed. */
  before: Date;
  /** The same for dry runs. */
  dryRunsBefore: Date;
}

/**
 * Removes completed imports that were accepted before the given times, with their chunks. Their revenue rows stay, and the
 * fingerprints of those that have saved a record.
 * Import ids ascend with time, so the primary key finds the imports, and an index of their own the dry runs.
 *
 * @param most maximum number of imports to remove
 * @returns the number of removed imports
 */
export async function removeOldImports(
  db: Database,
  { before, dryRunsBefore }: RetentionTimes,
  most: number,
): Promise<number> {
  const imports = await removeSome(db, Prisma.sql`imports.id < ${firstIdOf(before)}::uuid`, most);
  const dryRuns = Prisma.sql`imports.is_dry_run AND imports.id < ${firstIdOf(dryRunsBefore)}::uuid`;
  return imports + (await removeSome(db, dryRuns, most));
}

function firstIdOf(time: Date): string {
  return uuidv7({ msecs: time.getTime(), seq: 0, random: new Uint8Array(16) });
}

async function removeSome(db: Database, areOld: Prisma.Sql, most: number): Promise<number> {
  const [removed] = await db.$queryRaw<{ count: number }[]>`
    /* remove-old-imports */
    WITH old AS MATERIALIZED (
      SELECT import.account_id, import.id
      FROM accounts
      CROSS JOIN LATERAL (
        SELECT imports.account_id, imports.id
        FROM imports
        WHERE imports.account_id = accounts.id
          AND ${areOld}
          AND NOT EXISTS (
            SELECT FROM import_chunks AS chunk
            WHERE chunk.account_id = imports.account_id AND chunk.import_id = imports.id AND chunk.completed_at IS NULL
          )
          AND NOT EXISTS (
            SELECT FROM undo_chunks AS undo
            WHERE undo.account_id = imports.account_id AND undo.import_id = imports.id AND undo.completed_at IS NULL
          )
        LIMIT ${most}
      ) AS import
      LIMIT ${most}
    ),
    removed_undo_chunk AS (
      DELETE FROM undo_chunks AS undo
      USING old
      WHERE undo.account_id = old.account_id AND undo.import_id = old.id
      RETURNING undo.account_id, 0 AS kept_bytes, ${UNDO_CHUNK_BYTES}::integer AS stored_bytes
    ),
    removed_fingerprint AS (
      DELETE FROM import_fingerprints AS known
      USING old
      WHERE known.account_id = old.account_id
        AND known.import_id = old.id
        AND NOT EXISTS (
          SELECT FROM import_chunks AS chunk
          WHERE chunk.account_id = old.account_id AND chunk.import_id = old.id AND chunk.success_count > 0
        )
      RETURNING known.account_id, 0 AS kept_bytes, ${FINGERPRINT_BYTES}::integer + octet_length(known.import_name) AS stored_bytes
    ),
    removed_chunk AS (
      DELETE FROM import_chunks AS chunk
      USING old
      WHERE chunk.account_id = old.account_id AND chunk.import_id = old.id
      RETURNING chunk.account_id, chunk.kept_bytes, chunk.stored_bytes
    ),
    removed_import AS (
      DELETE FROM imports
      USING old
      WHERE imports.account_id = old.account_id AND imports.id = old.id
      RETURNING imports.account_id, imports.kept_bytes, imports.stored_bytes
    ),
    counted AS (${addUsage(
      Prisma.raw(`
      SELECT account_id, -sum(kept_bytes), -sum(stored_bytes)
      FROM (
        SELECT * FROM removed_undo_chunk
        UNION ALL SELECT * FROM removed_fingerprint
        UNION ALL SELECT * FROM removed_chunk
        UNION ALL SELECT * FROM removed_import
      ) AS removed
      GROUP BY account_id
      ORDER BY account_id`),
    )}
    )
    SELECT count(*)::integer AS count FROM removed_import`;
  return removed?.count ?? 0;
}
