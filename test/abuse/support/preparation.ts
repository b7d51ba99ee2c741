import type pg from 'pg';

import type { Account } from '../../lab/catalog.ts';
import { importIdOf, post } from '../../support/http.ts';
import type { HttpProcess } from '../../lab/product.ts';
import { rejectedRecords } from './requests.ts';

/**
 * Imports records that are all rejected and as large as they may be.
 *
 * @returns the path of the import
 */
export async function addLargestImport(api: HttpProcess, { apiKey }: Account): Promise<string> {
  const answer = await post(api.url, rejectedRecords('message_id'), { apiKey });
  if (answer.status !== 200) throw new Error(`The largest import was answered ${answer.status}: ${answer.text}`);
  return `/api/v2/history/imports/${importIdOf(answer)}`;
}

/** Adds small imports. */
export async function addImports(api: HttpProcess, { apiKey }: Account, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const answer = await post(api.url, '{"records":[1]}', { apiKey });
    if (answer.status !== 200) throw new Error(`A small import was answered ${answer.status}: ${answer.text}`);
  }
}

/** Adds revenue rows of all offers over five years, past the API, to one contact; ten of them are an import. */
export async function addRows(sql: pg.Pool, { id, messages }: Account, rows: number): Promise<void> {
  await sql.query(
    `INSERT INTO revenue_records
     SELECT
       $1, lpad(to_hex(number / 10), 32, '0')::uuid, number % 10, 1 + number % 100,
       offers.ids[1 + number % cardinality(offers.ids)], $3::bigint,
       (number % 5000) / 100.0, NULL, 'sale', timestamptz '2020-01-01' + number % 1800 * interval '1 day'
     FROM generate_series(1, $2::integer) AS number,
       (SELECT array_agg(id ORDER BY id) AS ids FROM offers WHERE account_id = $1) AS offers`,
    [id, rows, messages[0]?.contactId],
  );
  await sql.query(
    `UPDATE list_contacts SET (revenue_total, conversion_count, last_revenue_at) =
       (SELECT sum(revenue), count(*), max(occurred_at) FROM revenue_records WHERE account_id = $1)
     WHERE account_id = $1 AND id = $2`,
    [id, messages[0]?.contactId],
  );
  await sql.query('ANALYZE revenue_records');
}

/** Bytes of each table and its indexes. */
export async function readSizes(sql: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ table: string; bytes: string }>(
    `SELECT relname AS table, pg_total_relation_size(pg_class.oid)::text AS bytes
     FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema')`,
  );
  return new Map(rows.map(({ table, bytes }) => [table, Number(bytes)]));
}
