import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { createClient, type TracklyClient } from '@trackly/client';
import { countDrift, openDatabase } from '@trackly/db';
import { describe, expect, test } from 'vitest';

import { openTcpProxy } from './lab/proxy.ts';
import { addContacts, addMessages, addOffers, readStoredRecords } from './support/catalog.ts';
import { eventually } from './support/eventually.ts';
import { post } from './support/http.ts';
import { errorOf } from './support/scripted-client.ts';
import { send, serve } from './support/scripted-server.ts';
import { startApi, startWorker } from './support/stack.ts';
import { useStack } from './support/suite.ts';
import { PATIENT } from './support/limits.ts';

const recordOf = (revenue: string) => ({ message_id: 'm0', offer_id: 'o0', revenue });

describe('the client', () => {
  const stack = useStack({ chunkSize: 2 });
  const clientOf = (url = stack().url): TracklyClient => createClient({ url, apiKey: stack().account.apiKey });

  test('imports, looks and undoes', async () => {
    const client = clientOf();
    const outcome = await client.importRecords('revenue', [
      recordOf('9999999999.9999'),
      recordOf('0.0001'),
      recordOf('-1'),
    ]);
    expect(outcome).toMatchObject({
      success_count: 2,
      error_count: 1,
      total_revenue: '10000000000',
      errors: [{ index: 2, code: 'invalid_revenue' }],
      replayed: false,
    });
    const { import_id } = outcome;
    expect(await client.getImport(import_id)).toMatchObject({ import_id, status: 'completed', record_count: 3 });
    expect(await client.undoImport(import_id)).toMatchObject({
      status: 'undone',
      undo: { removed_count: 2, removed_revenue: '10000000000' },
    });
  });

  test('is told of records that were imported before, and of those that a dry run notices', async () => {
    const client = clientOf();
    const before = { ...recordOf('1'), timestamp: '2024-12-31' };
    expect((await client.importRecords('revenue', [before], { dryRun: true })).notices).toEqual({
      dated_before_message: 1,
    });
    const source = { name: 'Umsätze.csv', fingerprints: ['q1fnOXSgRIuN8c3PKm7kXA'] };
    const { import_id: importId } = await client.importRecords('revenue', [before], source);
    const other = { ...source, name: 'Umsätze (1).csv' };
    expect(await errorOf(client.importRecords('revenue', [before], other))).toMatchObject({
      code: 'already_imported',
      importName: 'Umsätze.csv',
      importId,
      mayBeImported: false,
    });
    expect(await client.importRecords('revenue', [before], { ...other, again: true })).toMatchObject({
      success_count: 1,
    });
  });

  test('lists imports, and gives their errors past a hundred, page after page', async () => {
    const client = clientOf();
    const bad = Array.from({ length: 150 }, (_, index) => recordOf(`-${index + 1}`));
    const { import_id, errors } = await client.importRecords('revenue', [recordOf('9999999999.9999'), ...bad]);
    expect(errors).toHaveLength(100);
    const failed = await Array.fromAsync(client.importErrors(import_id));
    expect(failed.map(({ record }) => record)).toEqual(bad);
    expect(failed[0]).toMatchObject({ index: 1, code: 'invalid_revenue' });

    for (let index = 0; index < 101; index += 1) await client.importRecords('revenue', [recordOf('-1')]);
    const listed = await Array.fromAsync(client.listImports({ status: 'completed', kind: 'revenue' }));
    expect(listed.length).toBeGreaterThan(101);
    expect(listed.find((listedImport) => listedImport.import_id === import_id)).toMatchObject({
      success_count: 1,
      error_count: 150,
      total_revenue: '9999999999.9999',
    });
  });

  test('reports what was imported, with every digit', async () => {
    const client = clientOf();
    const day = { timestamp: '2001-02-03T04:05:06Z', payout: '0.1' };
    const { import_id } = await client.importRecords('revenue', [
      { ...recordOf('9999999999.9999'), ...day },
      { ...recordOf('9999999999.9999'), ...day },
    ]);
    const sums = { record_count: 2, revenue: '19999999999.9998', payout: '0.2' };
    expect(await client.reportRevenue({ by: 'day', import: import_id })).toMatchObject({
      by: 'day',
      rows: [{ day: '2001-02-03', ...sums }],
      total: sums,
      next_cursor: null,
    });
  });

  test('sends many records compressed, which is the same import as the same records in plain', async () => {
    const { url, account } = stack();
    const records = Array.from({ length: 1000 }, (_, index) => ({ ...recordOf(`${index}`), note: 'é' }));
    const outcome = await clientOf().importRecords('revenue', records, { idempotencyKey: 'compressed' });
    expect(outcome).toMatchObject({ success_count: 1000, total_revenue: '499500' });
    const headers = { 'idempotency-key': 'compressed' };
    const again = await post(url, JSON.stringify({ records }), { apiKey: account.apiKey, headers });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  test('a dry run saves nothing', async () => {
    const outcome = await clientOf().importRecords('revenue', [recordOf('1'), recordOf('2')], { dryRun: true });
    expect(outcome).toMatchObject({ success_count: 2, total_revenue: '3' });
    expect(await readStoredRecords(stack().database.sql, outcome.import_id)).toEqual([]);
  });

  test('saves none of the records when one of an atomic import fails', async () => {
    const outcome = await clientOf().importRecords('revenue', [recordOf('1'), recordOf('-2')], { atomic: true });
    expect(outcome.success_count).toBe(0);
  });

  test('has one effect and one answer when answers get lost', async () => {
    const { url, account, database } = stack();
    const lost = new Map<string, number>();
    await using lossy = await serve(async ({ url: path, headers }, response, body) => {
      const key = String(headers['idempotency-key']);
      const forwarded = { 'x-api-key': account.apiKey, 'content-type': 'application/json', 'idempotency-key': key };
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers: forwarded, body });
      const times = lost.get(key) ?? 0;
      lost.set(key, times + 1);
      if (times < 2) response.destroy();
      else send(response, answer.status, await answer.text(), Object.fromEntries(answer.headers));
    });
    const client = clientOf(lossy.url);
    const imports = Array.from({ length: 5 }, (_, index) =>
      client.importRecords('revenue', [recordOf('1'), recordOf(`${index}`)]),
    );
    for (const [index, outcome] of (await Promise.all(imports)).entries()) {
      expect(outcome).toMatchObject({ success_count: 2, total_revenue: `${1 + index}`, replayed: true });
      expect(await readStoredRecords(database.sql, outcome.import_id)).toHaveLength(2);
    }
    expect([...lost.values()]).toEqual([3, 3, 3, 3, 3]);
    const { rows } = await database.sql.query(`SELECT FROM imports WHERE idempotency_key = ANY($1)`, [
      [...lost.keys()],
    ]);
    expect(rows).toHaveLength(5);
    const db = openDatabase({ url: database.url, poolSize: 1, applicationName: 'test', ...PATIENT });
    expect(await countDrift(db, account.id)).toBe(0);
    await db.$disconnect();
  });

  test('waits out a database that is away', async () => {
    const { options } = stack();
    const database = new URL(options.databaseUrl);
    await using cleanup = new AsyncDisposableStack();
    const proxy = cleanup.use(await openTcpProxy(Number(database.port)));
    database.port = String(proxy.port);
    const api = cleanup.use(await startApi({ ...options, databaseUrl: database.href }));
    const codes: string[] = [];
    await proxy.cut();
    const client = createClient({
      url: api.url,
      apiKey: stack().account.apiKey,
      onRetry: ({ code }) => {
        if (codes.push(code) === 2) void proxy.restore();
      },
    });
    expect(await client.importRecords('revenue', [recordOf('1')])).toMatchObject({ success_count: 1, replayed: false });
    expect(codes.length).toBeGreaterThanOrEqual(2);
    expect(new Set(codes)).toEqual(new Set(['unavailable']));
  });

  test('is told that an import was undone, when it is sent again', async () => {
    const client = clientOf();
    const { import_id } = await client.importRecords('revenue', [recordOf('1')], { idempotencyKey: 'undone' });
    await client.undoImport(import_id);
    const error = await errorOf(client.importRecords('revenue', [recordOf('1')], { idempotencyKey: 'undone' }));
    expect(error).toMatchObject({ code: 'import_undone', status: 409, mayBeImported: false });
  });

  test('runs the example of its README', async () => {
    const { url, account, database } = stack();
    const [listContactId = ''] = await addContacts(database.sql, account, 1);
    await addMessages(database.sql, account, [{ id: 'a1b2c3d4', listContactId }]);
    await addOffers(database.sql, account, [{ id: 'offer_123' }]);
    const readme = await readFile(new URL('../packages/client/README.md', import.meta.url), 'utf8');
    const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
    const code = example.replace('https://history.example.com', url).replace('trk_your_api_key_here', account.apiKey);
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '--eval', code], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
    });
    expect(stdout).toBe('1 imported, worth 24.99\nrecord 1: No message exists with the given message_id.\n');
  });
});

describe('an import that nobody saves yet', () => {
  const stack = useStack({ worker: false, syncWaitMs: 0 });

  test('is followed to its outcome', async () => {
    const { url, account, options, database } = stack();
    const client = createClient({ url, apiKey: account.apiKey });
    const outcome = client.importRecords('revenue', [recordOf('24.99')]);
    await eventually(async () => {
      expect((await database.sql.query('SELECT FROM imports')).rowCount).toBe(1);
    });
    await using cleanup = new AsyncDisposableStack();
    cleanup.use(await startWorker(options));
    expect(await outcome).toMatchObject({ success_count: 1, total_revenue: '24.99', replayed: false });
  });
});
