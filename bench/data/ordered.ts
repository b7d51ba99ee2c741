import type pg from 'pg';

import type { CatalogSize } from './catalog.ts';
import { IMPORT_ID } from './grown.ts';
import { RECORDS_PER_REQUEST } from './sizes.ts';

/** What the rows are spread over, evenly. */
export const FIRST_DAY = '2020-11-01';
export const LAST_DAY = '2025-11-01';

/** How far a row may be from its place, as conversions follow their messages. */
const JITTER_SECONDS = 7 * 24 * 3600;

/** Adds revenue rows of one account as an export brings them: from the oldest to the latest. */
export async function addHistoryInOrder(client: pg.Client, catalog: CatalogSize, rows: number): Promise<void> {
  const { messages, offers } = catalog;
  await client.query(
    `INSERT INTO revenue_records
     SELECT
       1, ${IMPORT_ID}, record_index, message.id, 1 + (drawn >> 20) % ${offers}, message.list_contact_id,
       ((drawn >> 8) % 50000) / 100.0, CASE WHEN drawn % 10 < 3 THEN ((drawn >> 4) % 5000) / 100.0 END,
       CASE drawn % 4 WHEN 0 THEN 'lead' WHEN 1 THEN 'click' ELSE 'sale' END,
       timestamptz '${FIRST_DAY}' + (timestamptz '${LAST_DAY}' - timestamptz '${FIRST_DAY}') * (place / ${rows}.0)
         + (drawn >> 3) % ${JITTER_SECONDS} * interval '1 second'
     FROM generate_series(0, ${Math.ceil(rows / RECORDS_PER_REQUEST) - 1}::bigint) AS number,
       generate_series(0, ${RECORDS_PER_REQUEST - 1}) AS record_index,
       LATERAL (SELECT number * ${RECORDS_PER_REQUEST} + record_index) AS position (place),
       LATERAL (SELECT hashint8extended(place, 2) & 9007199254740991) AS hash (drawn)
       JOIN messages AS message ON message.account_id = 1 AND message.id = 1 + drawn % ${messages}
     ORDER BY number, record_index`,
  );
}
