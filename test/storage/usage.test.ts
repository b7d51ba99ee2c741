import { randomBytes } from 'node:crypto';

import { openDatabase, readUsage, removeOldImports } from '@trackly/db';
import { expect, test } from 'vitest';

import { importIdOf, post, REVENUE_PATH, undoImport, type Answer } from '../support/http.ts';
import { PATIENT } from '../support/limits.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';
import { failOnAmount } from '../support/unsavable.ts';
import { eventually } from '../support/eventually.ts';

const stack = useStack({ chunkSize: 3 });
const idle = useStack({ chunkSize: 3, worker: false });

const GOOD = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
const LONG = { ...GOOD, attribution_type: '😀'.repeat(64) };
const NOWHERE = { ...GOOD, message_id: '✓'.repeat(255) };
const WRONG = { ...GOOD, revenue: 'free', unknown: 'x'.repeat(5_000) };
const UNSAVABLE = { ...GOOD, revenue: 13 };
const WHOLE = [GOOD, LONG, GOOD, GOOD];
const MIXED = [GOOD, LONG, NOWHERE, WRONG, GOOD, null, NOWHERE, 'y'.repeat(5_000)];

interface Sending {
  query?: string;
  isNamed?: boolean;
  headers?: Record<string, string>;
}

function send(records: unknown[], { query = '', isNamed = false, headers = {} }: Sending = {}, to = stack()) {
  const fingerprints = [randomBytes(16), randomBytes(16)].map((bytes) => bytes.toString('base64url'));
  return post(to.url, JSON.stringify({ records }), {
    apiKey: to.account.apiKey,
    path: REVENUE_PATH + query,
    headers: {
      ...(isNamed && { 'import-name': 'Ums%C3%A4tze.csv', 'import-fingerprints': fingerprints.join() }),
      ...headers,
    },
  });
}

const undo = (answer: Answer, to = stack()) => undoImport(to.url, importIdOf(answer), to.account.apiKey);

/** Usage as it is counted, and as the rows say. */
async function bothUsages(to = stack()): Promise<unknown[]> {
  const { account, database } = to;
  const db = openDatabase({ url: database.url, poolSize: 1, applicationName: 'test', ...PATIENT });
  const [counted] = await readUsage(db, [account.id]);
  await db.$disconnect();
  const { rows } = await database.sql.query(
    `SELECT $1::text AS "accountId", sum(kept)::float8 AS "keptBytes", sum(stored)::float8 AS "storedBytes"
     FROM (
       SELECT account_id, kept_bytes AS kept, stored_bytes AS stored FROM imports
       UNION ALL SELECT account_id, kept_bytes, stored_bytes FROM import_chunks
       UNION ALL SELECT account_id, 0, 176 + octet_length(attribution_type) * 9 / 8 FROM revenue_records
       UNION ALL SELECT account_id, 0, 240 + octet_length(import_name) FROM import_fingerprints
       UNION ALL SELECT account_id, 0, 260 FROM undo_chunks
       UNION ALL VALUES ($1::bigint, 0, 0)
     ) AS stored
     WHERE account_id = $1::bigint`,
    [account.id],
  );
  return [counted, rows[0]];
}

async function expectExact(to = stack()): Promise<void> {
  const [counted, stored] = await bothUsages(to);
  expect(counted).toEqual(stored);
}

test('what an account takes is counted exactly, whatever is imported, tried, rejected, undone and removed', async () => {
  await expectExact();
  const undone = await send(MIXED, { isNamed: true });
  await expectExact();
  for (const records of [[WRONG, WRONG], [GOOD], [NOWHERE, NOWHERE, NOWHERE, NOWHERE], MIXED]) {
    await send(records, { headers: { 'idempotency-key': randomBytes(100).toString('hex') } });
    await expectExact();
  }
  for (const query of ['?dry_run=true', '?atomic=true', '?dry_run=true&atomic=true']) {
    await send(MIXED, { query, isNamed: true });
    await send(WHOLE, { query, isNamed: true });
    await expectExact();
  }
  expect((await undo(undone)).json).toMatchObject({ status: 'undone' });
  await undo(undone);
  await expectExact();

  await failOnAmount(stack().database.sql, '13', '23514');
  await send([GOOD, LONG, UNSAVABLE]);
  await send([GOOD, LONG, UNSAVABLE, GOOD, GOOD], { query: '?dry_run=true' });
  await send([GOOD, LONG, UNSAVABLE, GOOD, GOOD], { query: '?atomic=true', isNamed: true });
  await send([UNSAVABLE], { isNamed: true });
  await expectExact();

  const db = openDatabase({ url: stack().database.url, poolSize: 1, applicationName: 'test', ...PATIENT });
  const later = new Date(Date.now() + 60_000);
  await removeOldImports(db, { before: new Date(0), dryRunsBefore: later }, 1_000);
  await expectExact();
  await removeOldImports(db, { before: later, dryRunsBefore: later }, 1_000);
  await db.$disconnect();
  await expectExact();
  // Rows and fingerprints stay.
  const [counted] = await bothUsages();
  expect(counted).toMatchObject({ keptBytes: 0, storedBytes: expect.any(Number) });
  const { rowCount } = await stack().database.sql.query('SELECT FROM imports');
  expect(rowCount).toBe(0);
});

test('an undo frees what saved records take, and leaves the rejected ones', async () => {
  const usage = async () => Object((await bothUsages())[0]);
  const answer = await send([GOOD, LONG, GOOD, NOWHERE, WRONG]);
  const before = await usage();
  expect((await undo(answer)).json).toMatchObject({ status: 'undone' });
  const after = await usage();
  expect(after.keptBytes).toBe(before.keptBytes);
  expect(after.storedBytes).toBeLessThan(before.storedBytes);
});

test('of an open import, the most that it may come to is counted, until it is completed or stopped', async () => {
  const { options, database } = idle();
  const now = { headers: { prefer: 'respond-async' } };
  await send([WRONG], now, idle());
  await expectExact(idle());
  const [stopped, completed] = [await send(MIXED, { ...now, isNamed: true }, idle()), await send(WHOLE, now, idle())];
  expect([stopped.status, completed.status]).toEqual([202, 202]);
  const [counted, stored] = await bothUsages(idle());
  const reserved = (records: number, chunks: number) => records * 4096 + chunks * 2048;
  const [fingerprints] = (await database.sql.query('SELECT sum(fingerprint_bytes)::integer AS bytes FROM imports'))
    .rows;
  expect(fingerprints).toEqual({ bytes: 2 * (240 + Buffer.byteLength('Umsätze.csv')) });
  expect(counted).toMatchObject({
    storedBytes: Number(Reflect.get(Object(stored), 'storedBytes')) + reserved(5, 2) + reserved(4, 2),
  });

  await undoImport(idle().url, importIdOf(stopped), idle().account.apiKey, { prefer: 'respond-async' });
  await using worker = await startWorker(options);
  expect(worker).toBeDefined();
  await eventually(async () => {
    const open = await database.sql.query(
      `SELECT FROM import_chunks WHERE completed_at IS NULL UNION ALL SELECT FROM undo_chunks WHERE completed_at IS NULL`,
    );
    expect(open.rowCount).toBe(0);
  });
  await expectExact(idle());
});
