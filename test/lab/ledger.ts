import type pg from 'pg';

/** An import as PostgreSQL has it: what the ledger says, and what rows there really are. */
export interface StoredImport {
  importId: string;
  accountId: string;
  kind: string;
  /** Of the attempt that was accepted. */
  requestId: string;
  recordCount: number;
  /** Undecided chunks. */
  open: number;
  /** By the ledger. */
  successCount: number;
  /** By the ledger. */
  skippedCount: number;
  /** By the ledger: a NUMERIC of four decimals. */
  revenue: string;
  /** By the ledger: contacts and list contacts that an import of contacts has made, and list contacts that it has changed. */
  created: Created & { listContactsUpdated: number };
  /** Revenue, messages and offers. */
  rows: number;
  /** Of the rows, as {@link StoredImport.revenue}. */
  rowRevenue: string;
  /** MD5 of all rows in index order: their index, and what they say. */
  rowDigest: string;
  /** The contacts and list contacts that are there, and that the import has made. */
  made: Created;
  /** Whether it is to be undone, and has been. */
  undo: 'none' | 'undoing' | 'undone';
}

/** Rows that an import makes for want of others. */
export interface Created {
  contacts: number;
  listContacts: number;
}

/** Reads all imports of the accounts. */
export async function readStoredImports(sql: pg.Pool, accountIds: string[]): Promise<StoredImport[]> {
  const { rows } = await sql.query<StoredImport>(
    `WITH chunks AS (
       SELECT
         import_id,
         count(*) FILTER (WHERE completed_at IS NULL) AS open,
         sum(success_count) AS success_count,
         sum(skipped_count) AS skipped_count,
         sum((totals ->> 'contacts_created')::integer) AS contacts,
         sum((totals ->> 'list_contacts_created')::integer) AS list_contacts,
         sum((totals ->> 'list_contacts_updated')::integer) AS list_contacts_updated,
         sum((totals ->> 'revenue')::numeric) AS revenue
       FROM import_chunks
       WHERE account_id = ANY ($1::bigint[])
       GROUP BY import_id
     ),
     member AS (
       SELECT list_contacts.account_id, list_contacts.id, concat_ws(':', list_number, phone_number) AS contact
       FROM list_contacts
       JOIN sending_lists AS list ON list.account_id = list_contacts.account_id AND list.id = sending_list_id
       JOIN contacts ON contacts.account_id = list_contacts.account_id AND contacts.id = contact_id
       WHERE list_contacts.account_id = ANY ($1::bigint[])
     ),
     each AS (
       SELECT import_id, record_index, revenue, concat_ws(':', contact, revenue) AS text
       FROM revenue_records AS record
       LEFT JOIN member ON member.account_id = record.account_id AND member.id = list_contact_id
       WHERE record.account_id = ANY ($1::bigint[])
       UNION ALL
       SELECT import_id, record_index, 0, concat_ws(':', public_id, contact)
       FROM messages
       LEFT JOIN member ON member.account_id = messages.account_id AND member.id = list_contact_id
       WHERE messages.account_id = ANY ($1::bigint[]) AND import_id IS NOT NULL
       UNION ALL
       SELECT import_id, record_index, 0, concat_ws(':', name, public_id = name)
       FROM offers
       WHERE account_id = ANY ($1::bigint[]) AND import_id IS NOT NULL
     ),
     records AS (
       SELECT
         import_id,
         count(*) AS count,
         sum(revenue) AS revenue,
         string_agg(concat_ws(':', record_index, text), ',' ORDER BY record_index) AS text
       FROM each
       GROUP BY import_id
     ),
     made_contacts AS (
       SELECT import_id, count(*) AS count FROM contacts WHERE account_id = ANY ($1::bigint[]) GROUP BY import_id
     ),
     made_list_contacts AS (
       SELECT import_id, count(*) AS count FROM list_contacts WHERE account_id = ANY ($1::bigint[]) GROUP BY import_id
     )
     SELECT
       imports.id::text AS "importId",
       imports.account_id::text AS "accountId",
       imports.kind,
       imports.request_id AS "requestId",
       imports.record_count AS "recordCount",
       coalesce(chunks.open, 0)::integer AS open,
       coalesce(chunks.success_count, 0)::integer AS "successCount",
       coalesce(chunks.skipped_count, 0)::integer AS "skippedCount",
       coalesce(chunks.revenue, 0)::numeric(20, 4)::text AS revenue,
       json_build_object(
         'contacts', coalesce(chunks.contacts, 0),
         'listContacts', coalesce(chunks.list_contacts, 0),
         'listContactsUpdated', coalesce(chunks.list_contacts_updated, 0)
       ) AS created,
       coalesce(records.count, 0)::integer AS rows,
       coalesce(records.revenue, 0)::numeric(20, 4)::text AS "rowRevenue",
       md5(coalesce(records.text, '')) AS "rowDigest",
       json_build_object(
         'contacts', coalesce(made_contacts.count, 0), 'listContacts', coalesce(made_list_contacts.count, 0)
       ) AS made,
       CASE
         WHEN imports.undo_requested_at IS NULL THEN 'none'
         WHEN EXISTS (SELECT FROM undo_chunks WHERE import_id = imports.id AND completed_at IS NULL) THEN 'undoing'
         ELSE 'undone'
       END AS undo
     FROM imports
     LEFT JOIN chunks ON chunks.import_id = imports.id
     LEFT JOIN records ON records.import_id = imports.id
     LEFT JOIN made_contacts ON made_contacts.import_id = imports.id
     LEFT JOIN made_list_contacts ON made_list_contacts.import_id = imports.id
     WHERE imports.account_id = ANY ($1::bigint[])`,
    [accountIds],
  );
  return rows;
}

export interface StoredContact {
  /** "list:number" */
  contact: string;
  /** A NUMERIC of four decimals. */
  revenue: string;
  conversions: number;
  sends: number;
  /** Names of the custom fields. */
  fields: string[];
}

/** Reads the stats and fields of all contacts on lists of an account. */
export async function readStoredContacts(sql: pg.Pool, accountId: string): Promise<StoredContact[]> {
  const { rows } = await sql.query<StoredContact>(
    `SELECT
       concat_ws(':', list_number, phone_number) AS contact,
       revenue_total::text AS revenue,
       conversion_count AS conversions,
       send_count AS sends,
       ARRAY (SELECT jsonb_object_keys(details.custom_fields)) AS fields
     FROM list_contacts
     JOIN sending_lists AS list ON list.account_id = list_contacts.account_id AND list.id = sending_list_id
     JOIN contacts ON contacts.account_id = list_contacts.account_id AND contacts.id = contact_id
     LEFT JOIN list_contact_details AS details
       ON details.account_id = list_contacts.account_id AND details.list_contact_id = list_contacts.id
     WHERE list_contacts.account_id = $1`,
    [accountId],
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
