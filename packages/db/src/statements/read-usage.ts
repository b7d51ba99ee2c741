import type { Database } from '../client.ts';
import { OPEN_CHUNK_BYTES, OPEN_RECORD_BYTES } from '../stored-bytes.ts';

/** What an account takes in the database. */
export interface AccountUsage {
  accountId: string;
  /** Bytes of rejected records that are kept. */
  keptBytes: number;
  /** Estimated bytes of all that is there because of its imports; of open chunks, the most that they may come to. */
  storedBytes: number;
}

/** Reads what the given accounts take. */
export async function readUsage(db: Database, accountIds: readonly string[]): Promise<AccountUsage[]> {
  return db.$queryRaw<AccountUsage[]>`
    /* read-usage */
    SELECT
      wanted.account_id::text AS "accountId",
      coalesce(usage.kept_bytes, 0)::float8 AS "keptBytes",
      (coalesce(usage.stored_bytes, 0) + open.bytes)::float8 AS "storedBytes"
    FROM unnest(${accountIds}::bigint[]) AS wanted (account_id)
    LEFT JOIN account_usage AS usage ON usage.account_id = wanted.account_id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(
        ${OPEN_CHUNK_BYTES}::integer + chunk.record_count * ${OPEN_RECORD_BYTES}::integer
        + coalesce(imports.stored_bytes + imports.fingerprint_bytes, 0)
      ), 0) AS bytes
      FROM import_chunks AS chunk
      LEFT JOIN imports
        ON imports.account_id = chunk.account_id AND imports.id = chunk.import_id AND chunk.chunk_index = 0
      WHERE chunk.account_id = wanted.account_id AND chunk.completed_at IS NULL
    ) AS open`;
}
