import type pg from 'pg';

/** An import as PostgreSQL has it: what the ledger says, and what rows there really are. */
export interface StoredImport {
  importId: string;
  accountId: string;
  /** Of the attempt that was accepted. */
  requestId: string;
  recordCount: number;
  /** Undecided chunks. */
  open: number;
  /** By the ledger. */
  successCount: number;
  /** By the ledger: a NUMERIC of four decimals. */
  revenue: string;
  rows: number;
  /** Of the rows, as {@link StoredImport.revenue}. */
  rowRevenue: string;
  /** MD5 of all rows' index, contact and revenue, in index order: "0:17:24.9900,1:…". */
  rowDigest: string;
  /** Whether it is to be undone, and has been. */
  undo: 'none' | 'undoing' | 'undone';
}

/** Reads all imports of revenue of the accounts. */
export async function readStoredImports(sql: pg.Pool, accountIds: string[]): Promise<StoredImport[]> {
  const { rows } = await sql.query<StoredImport>(
    `WITH chunks AS (
       SELECT
         import_id,
         count(*) FILTER (WHERE completed_at IS NULL) AS open,
         sum(success_count) AS success_count,
         sum((totals ->> 'revenue')::numeric) AS revenue
       FROM import_chunks
       WHERE account_id = ANY ($1::bigint[])
       GROUP BY import_id
     ),
     records AS (
       SELECT
         import_id,
         count(*) AS count,
         sum(revenue) AS revenue,
         string_agg(concat_ws(':', record_index, list_contact_id, revenue), ',' ORDER BY record_index) AS text
       FROM revenue_records
       WHERE account_id = ANY ($1::bigint[])
       GROUP BY import_id
     )
     SELECT
       imports.id::text AS "importId",
       imports.account_id::text AS "accountId",
       imports.request_id AS "requestId",
       imports.record_count AS "recordCount",
       coalesce(chunks.open, 0)::integer AS open,
       coalesce(chunks.success_count, 0)::integer AS "successCount",
       coalesce(chunks.revenue, 0)::numeric(20, 4)::text AS revenue,
       coalesce(records.count, 0)::integer AS rows,
       coalesce(records.revenue, 0)::numeric(20, 4)::text AS "rowRevenue",
       md5(coalesce(records.text, '')) AS "rowDigest",
       CASE
         WHEN imports.undo_requested_at IS NULL THEN 'none'
         WHEN EXISTS (SELECT FROM undo_chunks WHERE import_id = imports.id AND completed_at IS NULL) THEN 'undoing'
         ELSE 'undone'
       END AS undo
     FROM imports
     LEFT JOIN chunks ON chunks.import_id = imports.id
     LEFT JOIN records ON records.import_id = imports.id
     WHERE imports.account_id = ANY ($1::bigint[]) AND imports.kind = 'revenue'`,
    [accountIds],
  );
  return rows;
}

export interface StoredContact {
  contactId: string;
  /** A NUMERIC of four decimals. */
  revenue: string;
  conversions: number;
}

/** Reads the stats of all contacts of the accounts. */
export async function readStoredContacts(sql: pg.Pool, accountIds: string[]): Promise<StoredContact[]> {
  const { rows } = await sql.query<StoredContact>(
    `SELECT id::text AS "contactId", revenue_total::text AS revenue, conversion_count AS conversions
     FROM list_contacts
     WHERE account_id = ANY ($1::bigint[])`,
    [accountIds],
  );
  return rows;
}

/** Counts the chunks of all accounts that are still to be saved, or to be undone. */
export async function countOpenChunks(sql: pg.Pool): Promise<number> {
  const { rows } = await sql.query<{ open: number }>(
    `SELECT
       (SELECT count(*) FROM import_chunks WHERE completed_at IS NULL)::integer
       + (SELECT count(*) FROM undo_chunks WHERE completed_at IS NULL)::integer AS open`,
  );
  return rows[0]?.open ?? 0;
}
