import type pg from 'pg';

import type { CatalogSize } from './catalog.ts';
import { RECORDS_PER_REQUEST } from './sizes.ts';

/** Import ids begin with the time. Those of earlier imports are below this one, those of a run above. */
export const FIRST_NEW_IMPORT = '01990000-0000-7000-8000-000000000000';
const FIRST_OLD_IMPORT_MS = 1_700_000_000_000;

/** Of an import's number: a UUID of version 7, a second after the one before. */
export const IMPORT_ID = `(
  lpad(to_hex(${FIRST_OLD_IMPORT_MS} + number * 1000), 12, '0') || '7' || substr(md5(number::text), 1, 3) ||
  '8' || substr(md5(number::text), 4, 15)
)::uuid`;

/** Adds rows of earlier imports, with what else those leave behind: the ledger, and the contacts' stats. */
export async function addGrownHistory(client: pg.Client, catalog: CatalogSize, rows: number): Promise<void> {
  const imports = Math.ceil(rows / RECORDS_PER_REQUEST);
  const { messages, offers } = catalog;

  await client.query(
    `INSERT INTO imports (account_id, id, kind, request_id, record_count, rejected)
     SELECT 1, ${IMPORT_ID}, 'revenue', 'earlier-' || number, ${RECORDS_PER_REQUEST}, '[]'
     FROM generate_series(1, ${imports}::bigint) AS number`,
  );
  await client.query('ALTER TABLE revenue_records DROP CONSTRAINT revenue_records_pkey');
  await client.query(
    `INSERT INTO revenue_records
     SELECT
       1, ${IMPORT_ID}, record_index, message.id, 1 + (drawn >> 20) % ${offers}, message.list_contact_id,
       ((drawn >> 8) % 50000) / 100.0, CASE WHEN drawn % 10 < 3 THEN ((drawn >> 4) % 5000) / 100.0 END,
       CASE drawn % 4 WHEN 0 THEN 'lead' WHEN 1 THEN 'click' ELSE 'sale' END,
       timestamptz '2015-01-01' + (drawn >> 3) % 150000000 * interval '1 second'
     FROM generate_series(1, ${imports}::bigint) AS number,
       generate_series(0, ${RECORDS_PER_REQUEST - 1}) AS record_index,
       LATERAL (SELECT hashint8extended(number * ${RECORDS_PER_REQUEST} + record_index, 2) & 9007199254740991) AS hash (drawn)
       JOIN messages AS message ON message.account_id = 1 AND message.id = 1 + drawn % ${messages}
     ORDER BY 2, 3`,
  );
  await client.query('ALTER TABLE revenue_records ADD PRIMARY KEY (account_id, import_id, record_index)');
  await client.query(
    `INSERT INTO import_chunks (
       account_id, import_id, chunk_index, record_count, completed_at, success_count, skipped_count, totals, errors
     )
     SELECT 1, import_id, 0, count(*), now(), count(*), 0, json_build_object('revenue', sum(revenue)), '[]' FROM revenue_records GROUP BY import_id`,
  );
  await client.query(
    `UPDATE list_contacts
     SET revenue_total = stats.revenue, conversion_count = stats.conversions, last_revenue_at = stats.last_at
     FROM (
       SELECT list_contact_id, sum(revenue) AS revenue, count(*) AS conversions, max(occurred_at) AS last_at
       FROM revenue_records
       GROUP BY list_contact_id
     ) AS stats
     WHERE list_contacts.account_id = 1 AND list_contacts.id = stats.list_contact_id`,
  );
  // Without the versions before the update, as if those had been cleaned up all along.
  await client.query('VACUUM FULL list_contacts');
}
