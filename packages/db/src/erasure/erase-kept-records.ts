import { addUsage } from '../account-usage.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { mentions } from './mentions.ts';

/**
 * Removes a person from what the ledger keeps of an account's completed imports: rejected records that mention the number
 * are no longer kept, and errors and warnings no longer name it.
 *
 * @returns the number of imports and chunks that mentioned the number
 */
export async function eraseKeptRecords(db: Database, accountId: string, phoneNumber: string): Promise<number> {
  const fromImports = await eraseFromImports(db, accountId, phoneNumber);
  return fromImports + (await eraseFromChunks(db, accountId, phoneNumber));
}

/** A condition, on a JSON text, for an error that repeats the number. */
function withoutNumber(json: string, phoneNumber: string): Prisma.Sql {
  return Prisma.sql`replace(${Prisma.raw(json)}::text, ${JSON.stringify(phoneNumber)}, 'null')`;
}

async function eraseFromImports(db: Database, accountId: string, phoneNumber: string): Promise<number> {
  const { isMentioned } = mentions(phoneNumber);
  return db.$executeRaw`
    /* erase-from-imports */
    WITH found AS MATERIALIZED (
      SELECT import.id, import.kept_bytes, record.*
      FROM imports AS import
      CROSS JOIN LATERAL (
        SELECT
          coalesce(array_agg(CASE WHEN NOT ${isMentioned('text')} THEN text END ORDER BY position), '{}') AS records,
          coalesce(sum(octet_length(text)) FILTER (WHERE NOT ${isMentioned('text')}), 0) AS bytes
        FROM unnest(import.rejected_records) WITH ORDINALITY AS each (text, position)
      ) AS record
      WHERE import.account_id = ${accountId}::bigint
        AND (
          strpos(import.rejected::text, ${phoneNumber}) > 0
          OR EXISTS (SELECT FROM unnest(import.rejected_records) AS text WHERE ${isMentioned('text')})
        )
    ),
    changed AS (
      UPDATE imports
      SET
        rejected = ${withoutNumber('imports.rejected', phoneNumber)}::json,
        rejected_records = found.records,
        kept_bytes = found.bytes,
        stored_bytes = imports.stored_bytes - (found.kept_bytes - found.bytes)
      FROM found
      WHERE imports.account_id = ${accountId}::bigint AND imports.id = found.id
    ),
    counted AS (${freed(accountId)}
    )
    SELECT FROM found`;
}

async function eraseFromChunks(db: Database, accountId: string, phoneNumber: string): Promise<number> {
  const { isMentioned } = mentions(phoneNumber);
  return db.$executeRaw`
    /* erase-from-chunks */
    WITH found AS MATERIALIZED (
      SELECT chunk.import_id, chunk.chunk_index, chunk.kept_bytes, record.*
      FROM import_chunks AS chunk
      CROSS JOIN LATERAL (
        SELECT
          coalesce(json_agg(CASE WHEN NOT ${isMentioned('each.record::text')} THEN record END ORDER BY position), '[]')
            AS records,
          coalesce(sum(octet_length(record::text)) FILTER (WHERE NOT ${isMentioned('each.record::text')}), 0) AS bytes
        FROM json_array_elements(chunk.rejected_records) WITH ORDINALITY AS each (record, position)
      ) AS record
      WHERE chunk.account_id = ${accountId}::bigint
        AND chunk.completed_at IS NOT NULL
        AND (
          strpos(chunk.errors::text, ${phoneNumber}) > 0
          OR strpos(chunk.warnings::text, ${phoneNumber}) > 0
          OR EXISTS (
            SELECT FROM json_array_elements(chunk.rejected_records) AS each (record)
            WHERE ${isMentioned('each.record::text')}
          )
        )
    ),
    changed AS (
      UPDATE import_chunks
      SET
        errors = ${withoutNumber('import_chunks.errors', phoneNumber)}::json,
        warnings = ${withoutNumber('import_chunks.warnings', phoneNumber)}::json,
        rejected_records = found.records,
        kept_bytes = found.bytes,
        stored_bytes = import_chunks.stored_bytes - (found.kept_bytes - found.bytes)
      FROM found
      WHERE import_chunks.account_id = ${accountId}::bigint
        AND import_chunks.import_id = found.import_id
        AND import_chunks.chunk_index = found.chunk_index
    ),
    counted AS (${freed(accountId)}
    )
    SELECT FROM found`;
}

/** Counts the bytes of the records in `found` that are no longer kept. */
function freed(accountId: string): Prisma.Sql {
  return addUsage(Prisma.sql`
      SELECT ${accountId}::bigint, sum(bytes - kept_bytes), sum(bytes - kept_bytes)
      FROM found
      HAVING count(*) > 0`);
}
