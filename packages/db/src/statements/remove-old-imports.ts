import { v7 as uuidv7 } from 'uuid';

import type { Database } from '../client.ts';

/**
 * Removes completed imports that were accepted before the given time, with their chunks. Their revenue rows stay, and the
 * fingerprints of those that have saved a record.
 * Import ids ascend with time, so the primary key finds the imports.
 *
 * @param most maximum number of imports to remove
 * @returns the number of removed imports
 */
export async function removeOldImports(db: Database, before: Date, most: number): Promise<number> {
  const firstIdToKeep = uuidv7({ msecs: before.getTime(), seq: 0, random: new Uint8Array(16) });
  return db.$executeRaw`
    /* remove-old-imports */
    WITH old AS MATERIALIZED (
      SELECT import.account_id, import.id
      FROM accounts
      CROSS JOIN LATERAL (
        SELECT imports.account_id, imports.id
        FROM imports
        WHERE imports.account_id = accounts.id
          AND imports.id < ${firstIdToKeep}::uuid
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
    ),
    removed_chunk AS (
      DELETE FROM import_chunks AS chunk
      USING old
      WHERE chunk.account_id = old.account_id AND chunk.import_id = old.id
    )
    DELETE FROM imports
    USING old
    WHERE imports.account_id = old.account_id AND imports.id = old.id`;
}
