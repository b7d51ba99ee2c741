import { randomUUID } from 'node:crypto';

import { kinds, migrate, openDatabase, readImport, readOutcomes, splitChunk } from '@trackly/db';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { addSmallCatalog, readStoredRecords, type TestAccount } from '../support/catalog.ts';
import { createDatabaseBefore } from '../support/database-before.ts';
import type { TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { readMigrationNames } from '../support/schema-engine.ts';
import { PATIENT } from '../support/limits.ts';

const MIGRATION = '20261127090000_kinds';

let cleanup: AsyncDisposableStack;
let database: TestDatabase;
let account: TestAccount;

beforeEach(async () => {
  cleanup = new AsyncDisposableStack();
  database = cleanup.use(await createDatabaseBefore(MIGRATION));
  account = await addSmallCatalog(database.sql);
});
afterEach(() => cleanup.disposeAsync());

/** Of the version before. */
const INSERT_IMPORT = `
  WITH import AS (
    INSERT INTO imports (account_id, id, kind, request_id, record_count, rejected)
    VALUES ($1, $2, 'revenue', 'before', 3, '[]')
  )`;
const INSERT_OPEN = `${INSERT_IMPORT}
  INSERT INTO import_chunks (
    account_id, import_id, chunk_index, record_count, record_indexes, message_refs, offer_refs, revenues, payouts,
    attribution_types, occurred_ats
  )
  VALUES (
    $1, $2, 0, 3, '{0,1,2}', '{m0,m0,nowhere}', '{o0,o0,o0}', '{1,2.5,3}', '{NULL,0.5,NULL}', '{NULL,"lead",NULL}',
    '{NULL,2025-01-01T00:00:00Z,NULL}'
  )`;
const INSERT_COMPLETED = `${INSERT_IMPORT}
  INSERT INTO import_chunks (account_id, import_id, chunk_index, record_count, completed_at, success_count, revenue_total, errors)
  VALUES ($1, $2, 0, 3, now(), 2, 98765432109876.5432, '[{"index":2,"code":"save_error"}]')`;

async function add(statement: string): Promise<string> {
  const importId = randomUUID();
  await database.sql.query(statement, [account.id, importId]);
  return importId;
}

function open() {
  const db = openDatabase({ url: database.url, poolSize: 1, applicationName: 'test', ...PATIENT });
  cleanup.defer(() => db.$disconnect());
  return db;
}

test('an import of the version before goes on where it was', async () => {
  const accepted = await add(INSERT_OPEN);
  const completed = await add(INSERT_COMPLETED);
  const undone = await add(INSERT_COMPLETED);
  await database.sql.query('UPDATE imports SET undo_requested_at = now() WHERE id = $1', [undone]);
  await database.sql.query(
    `INSERT INTO undo_chunks (
       account_id, import_id, chunk_index, first_record, last_record, request_id, priority, completed_at, removed_count,
       removed_revenue
     )
     VALUES ($1, $2, 0, 0, 1, 'before', 0, now(), 2, 6.5), ($1, $2, 1, 2, 2, 'before', 0, NULL, NULL, NULL)`,
    [account.id, undone],
  );
  expect(await migrate(database.url)).toEqual((await readMigrationNames()).filter((name) => name >= MIGRATION));

  const db = open();
  const refOf = (importId: string) => ({ accountId: account.id, importId });
  const chunk = { ...refOf(accepted), chunkIndex: 0 };
  const second = await splitChunk(db, kinds.revenue.spec, chunk);
  expect(await kinds.revenue.saveChunk(db, chunk)).toMatchObject({ saved: true, successCount: 1 });
  expect(await kinds.revenue.saveChunk(db, { ...chunk, chunkIndex: second?.chunkIndex ?? 0 })).toMatchObject({
    saved: true,
    successCount: 1,
    errorCodes: { message_not_found: 1 },
  });
  expect(await readStoredRecords(database.sql, accepted)).toMatchObject([
    { record_index: 0, revenue: '1.0000', payout: null, attribution_type: 'sale' },
    {
      record_index: 1,
      revenue: '2.5000',
      payout: '0.5000',
      attribution_type: 'lead',
      occurred_at: expect.stringMatching(/^2025/),
    },
  ]);
  const outcomes = await readOutcomes(db, [refOf(accepted), refOf(completed)]);
  expect(outcomes.get(accepted)).toMatchObject({ successCount: 2, totals: { revenue: '3.5' } });
  expect(outcomes.get(completed)).toEqual({
    status: 'completed',
    successCount: 2,
    skippedCount: 0,
    totals: { revenue: '98765432109876.5432' },
    rejections: [{ index: 2, code: 'save_error' }],
  });
  expect(await readImport(db, refOf(undone))).toMatchObject({
    status: 'undoing',
    undo: { removedCount: 2, removedTotals: { revenue: '6.5' } },
  });
});

test('what a process of the version before accepts meanwhile is there after, or refused', async () => {
  const late = await database.sql.connect();
  cleanup.defer(() => late.release());
  const importId = randomUUID();
  await late.query('BEGIN');
  await late.query(INSERT_OPEN, [account.id, importId]);
  const migrating = migrate(database.url);
  await eventually(async () => {
    const { rowCount } = await database.sql.query(
      `SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'trackly-migrate' AND wait_event_type = 'Lock'`,
    );
    expect(rowCount).toBe(1);
  });
  const another = add(INSERT_OPEN).catch((error: unknown) => String(error));
  await late.query('COMMIT');
  await migrating;

  const chunk = { accountId: account.id, importId, chunkIndex: 0 };
  expect(await kinds.revenue.saveChunk(open(), chunk)).toMatchObject({ saved: true, successCount: 2 });
  // If both wait for each other, PostgreSQL refuses one of them. The migrations then begin anew.
  const outcome = await another;
  const isRefused = outcome.startsWith('error:');
  const saved = isRefused ? undefined : await kinds.revenue.saveChunk(open(), { ...chunk, importId: outcome });
  expect(saved?.successCount).toBe(isRefused ? undefined : 2);
});
