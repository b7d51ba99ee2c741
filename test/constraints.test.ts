import { afterAll, beforeAll, expect, test } from 'vitest';

import { addSmallCatalog } from './support/catalog.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';

// What neither schema.prisma nor its comparison with the migrations knows of: CHECKs and identity columns.

const IMPORT = '00000000-0000-7000-8000-000000000000';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  await addSmallCatalog(database.sql);
  await database.sql.query(
    `INSERT INTO imports (account_id, id, kind, request_id, record_count, rejected) VALUES (1, $1, 'revenue', 'r', 1, '[]')`,
    [IMPORT],
  );
});
afterAll(() => database[Symbol.asyncDispose]());

const insertRecord = (revenue: string, payout: string, attribution = "'sale'", index = '0') =>
  `INSERT INTO revenue_records VALUES (1, '${IMPORT}', ${index}, 1, 1, 1, ${revenue}, ${payout}, ${attribution}, now())`;
const RECORD = `'{0}'`;
const NO_RECORDS = 'NULL';
const insertChunk = (recordCount: number, records: string, outcome: string, index = '0') =>
  `INSERT INTO import_chunks (account_id, import_id, chunk_index, record_count, record_indexes,
     completed_at, success_count, skipped_count, totals, errors)
   VALUES (1, '${IMPORT}', ${index}, ${recordCount}, ${records}, ${outcome})`;
const FIELDS = [`'{m0}'`, `'{o0}'`, `'{1}'`, `'{NULL}'`, `'{NULL}'`, `'{NULL}'`];
const insertRecords = (fields: string[]) =>
  `INSERT INTO revenue_chunk_records VALUES (1, '${IMPORT}', 0, ${fields.join(', ')})`;

test.for([
  insertRecord('-0.01', 'NULL'),
  insertRecord('1', '-0.01'),
  insertRecord('10000000000', 'NULL'),
  insertRecord('1', 'NULL', "''"),
  insertRecord('1', 'NULL', "repeat('x', 65)"),
  insertRecord('1', 'NULL', "'sale'", '-1'),
  'UPDATE list_contacts SET revenue_total = -1',
  'UPDATE list_contacts SET conversion_count = -1',
  'UPDATE imports SET record_count = 0',
  "UPDATE accounts SET name = ''",
  "UPDATE api_keys SET key_hash = 'short'",
  "UPDATE offers SET public_id = ''",
  "UPDATE offers SET public_id = repeat('x', 256) WHERE public_id = 'o0'",
  "UPDATE offers SET external_id = ''",
  "UPDATE offers SET external_id = repeat('x', 256)",
  "UPDATE messages SET public_id = '' WHERE public_id = 'm0'",
  "UPDATE messages SET public_id = repeat('x', 256) WHERE public_id = 'm0'",
  "UPDATE contacts SET phone_number = '+123456'",
  "UPDATE contacts SET phone_number = '+1234567890123456'",
  "UPDATE contacts SET phone_number = '1.5551E+10'",
  "UPDATE contacts SET phone_number = '12345678'",
  "UPDATE sending_lists SET list_number = '123'",
  "UPDATE sending_lists SET list_number = '123456789'",
  // A chunk holds either its records or their outcome, all of it.
  insertChunk(1, NO_RECORDS, 'NULL, NULL, NULL, NULL, NULL'),
  insertChunk(1, RECORD, "now(), 1, 0, '{}', '[]'"),
  insertChunk(1, RECORD, 'NULL, 1, NULL, NULL, NULL'),
  insertChunk(1, NO_RECORDS, "now(), 1, 0, '{}', NULL"),
  insertChunk(1, RECORD, 'NULL, NULL, NULL, NULL, NULL', '-1'),
  insertChunk(0, RECORD, 'NULL, NULL, NULL, NULL, NULL'),
  insertChunk(2, RECORD, 'NULL, NULL, NULL, NULL, NULL'),
  // Every field has a value for each record.
  ...FIELDS.map((_, index) => insertRecords(FIELDS.with(index, "'{}'"))),
])('the database refuses %s', async (statement) => {
  await expect(database.sql.query(statement)).rejects.toThrow(/violates check constraint|numeric field overflow/);
});

test.for([
  insertRecord('9999999999.9999', '0'),
  // The longest ids fit into their indexes, too.
  "UPDATE messages SET public_id = repeat('😀', 255) WHERE public_id = 'm0'",
  "UPDATE offers SET public_id = repeat('😀', 255), external_id = repeat('é', 255) WHERE public_id = 'o0'",
  insertChunk(1, RECORD, 'NULL, NULL, NULL, NULL, NULL'),
  insertChunk(1, NO_RECORDS, "now(), 1, 0, '{}', '[]'", '1'),
])('the database takes %s', async (statement) => {
  expect(await database.sql.query(statement)).toMatchObject({ rowCount: 1 });
});

test('every id is an identity column, so that it cannot clash with one given by hand', async () => {
  const { rows } = await database.sql.query<{ table_name: string }>(
    `SELECT table_name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'bigint' AND is_identity = 'NO'
       AND table_name NOT LIKE 'bullmq%'`,
  );
  expect(rows).toEqual([]);
});
