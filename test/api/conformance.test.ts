import { describe, expect, test } from 'vitest';

import { addAccount, addSmallCatalog } from '../support/catalog.ts';
import { eventually } from '../support/eventually.ts';
import { importIdOf } from '../support/http.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';
import {
  getImport,
  importRevenue,
  listImportErrors,
  listImports,
  operations,
  RECORD,
  reportRevenue,
  undoImport,
  type Operation,
} from './conformance/operations.ts';
import { IMPORT_OFFERS } from './conformance/kinds.ts';
import { send, type Sending } from './conformance/send.ts';
import { useConformance } from './conformance/suite.ts';

const NOW = { prefer: 'respond-async' };

describe('the API answers as it says', () => {
  const { stack, look, testEverywhere, testCompleteness } = useConformance(operations);
  const idle = useStack({ worker: false, maxOpenChunksPerAccount: 1 });
  const busy = useStack({ worker: false, maxOpenChunks: 5, maxOpenChunksPerAccount: 5 });
  const full = useStack({ worker: false, maxStoredBytesPerAccount: 1_000 });
  const hasty = useStack({ worker: false, reportTimeoutMs: 50 });
  testEverywhere();

  const accept = async (headers: Record<string, string> = {}) => {
    const { url, account } = stack();
    return send(url, importRevenue, { apiKey: account.apiKey, headers });
  };

  test('to an import', async () => {
    const key = { 'idempotency-key': 'conformance' };
    const first = await accept(key);
    expect(look(importRevenue, first)).toEqual(['200']);
    const again = await accept({ ...key, prefer: 'wait=240', 'x-request-id': 'again' });
    expect(look(importRevenue, again)).toEqual(['200']);
    expect(again.headers.get('idempotent-replayed')).toBe('true');

    const { url, account } = stack();
    const { apiKey } = account;
    const dryRun = await send(url, importRevenue, { apiKey, query: '?dry_run=true&atomic=true' });
    expect(look(importRevenue, dryRun)).toEqual(['200']);
    expect(dryRun.headers.get('x-dry-run')).toBe('true');

    const other = JSON.stringify({ records: [RECORD] });
    const reused = await send(url, importRevenue, { apiKey, headers: key, body: other });
    expect(look(importRevenue, reused)).toEqual(['422 idempotency_key_reused']);

    const undone = await send(url, undoImport, {
      apiKey,
      importId: importIdOf(first),
      headers: { prefer: 'wait=240' },
    });
    expect(look(undoImport, undone)).toEqual(['200']);
    expect(look(importRevenue, await accept(key))).toEqual(['409 import_undone']);

    const source = { 'import-fingerprints': 'q1fnOXSgRIuN8c3PKm7kXA' };
    expect(look(importRevenue, await accept({ ...source, 'import-name': 'a' }))).toEqual(['200']);
    expect(look(importRevenue, await accept({ ...source, 'import-name': 'b' }))).toEqual(['409 already_imported']);
  });

  test('about an import: going on, completed, being undone, undone', async () => {
    const { url, account, options } = idle();
    const { apiKey } = account;
    const accepted = await send(url, importRevenue, { apiKey, headers: NOW });
    expect(look(importRevenue, accepted)).toEqual(['202']);
    const importId = importIdOf(accepted);
    expect(look(getImport, await send(url, getImport, { apiKey, importId }))).toEqual(['200']);

    const state = () => send(url, getImport, { apiKey, importId });
    {
      await using worker = await startWorker(options);
      expect(worker).toBeDefined();
      await expect.poll(state).toMatchObject({ json: { status: 'completed' } });
    }
    expect(look(getImport, await state())).toEqual(['200']);

    const another = await eventually(async () => {
      const answer = await send(url, importRevenue, { apiKey, headers: NOW });
      expect(answer.status).toBe(202);
      return importIdOf(answer);
    });
    expect(look(undoImport, await send(url, undoImport, { apiKey, importId }))).toEqual(['429 too_many_pending']);
    expect(look(undoImport, await send(url, undoImport, { apiKey, importId: another, headers: NOW }))).toEqual(['202']);
    {
      await using worker = await startWorker(options);
      expect(worker).toBeDefined();
      await expect
        .poll(() => send(url, getImport, { apiKey, importId: another }))
        .toMatchObject({ json: { status: 'undone' } });
    }
    await eventually(async () => {
      expect(look(undoImport, await send(url, undoImport, { apiKey, importId, headers: NOW }))).toEqual(['202']);
    });
    expect(look(getImport, await state())).toEqual(['200']);
    {
      await using worker = await startWorker(options);
      expect(worker).toBeDefined();
      await expect.poll(state).toMatchObject({ json: { status: 'undone' } });
    }
    expect(look(getImport, await state())).toEqual(['200']);
  });

  test('to an undo of what is in use', async () => {
    const { url, database } = stack();
    const { apiKey } = await addSmallCatalog(database.sql);
    const body = JSON.stringify({ offers: [{ id: 'used', name: 'Used' }] });
    const made = importIdOf(await send(url, IMPORT_OFFERS, { apiKey, body }));
    await send(url, importRevenue, { apiKey, body: JSON.stringify({ records: [{ ...RECORD, offer_id: 'used' }] }) });
    const refused = await send(url, undoImport, { apiKey, importId: made });
    expect(look(undoImport, refused)).toEqual(['409 import_in_use']);
    expect(look(getImport, await send(url, getImport, { apiKey, importId: made }))).toEqual(['200']);
  });

  test('to a list, in pages', async () => {
    const { url, account } = stack();
    await accept();
    await accept();
    const answer = await send(url, listImports, { apiKey: account.apiKey, query: '?limit=1' });
    expect(answer.json).toMatchObject({ imports: [{ kind: 'revenue' }], next_cursor: expect.any(String) });
    expect(look(listImports, answer)).toEqual(['200']);
  });

  test('about all errors of an import, in each form, and before there can be any', async () => {
    const { url, account } = stack();
    const { apiKey } = account;
    const importId = importIdOf(await accept());
    const errors = (form: string) => send(url, listImportErrors, { apiKey, importId, headers: { accept: form } });
    const json = await errors('*/*');
    expect(json.json).toMatchObject({ errors: [{ index: 1, code: 'message_not_found' }] });
    expect(look(listImportErrors, json)).toEqual(['200']);
    expect(look(listImportErrors, await errors('application/x-ndjson'))).toEqual(['200 application/x-ndjson']);
    expect(look(listImportErrors, await errors('text/csv'))).toEqual(['200 text/csv']);
    const escaped = { apiKey, importId, query: '?formulas=escaped', headers: { accept: 'text/csv' } };
    expect(look(listImportErrors, await send(url, listImportErrors, escaped))).toEqual(['200 text/csv']);
    expect(look(listImportErrors, await errors('image/png'))).toEqual(['406 not_acceptable']);

    const open = importIdOf(await send(hasty().url, importRevenue, { apiKey: hasty().account.apiKey, headers: NOW }));
    const early = await send(hasty().url, listImportErrors, { apiKey: hasty().account.apiKey, importId: open });
    expect(look(listImportErrors, early)).toEqual(['409 import_not_completed']);
  });

  test('to a report, in each form, and when it takes too long', async () => {
    const { url, account } = stack();
    await accept();
    const report = (form: string) => send(url, reportRevenue, { apiKey: account.apiKey, headers: { accept: form } });
    const json = await report('application/json');
    expect(json.json).toMatchObject({ rows: [{ offer_id: 'o0', external_id: 'x0' }] });
    expect(look(reportRevenue, json)).toEqual(['200']);
    expect(look(reportRevenue, await report('text/csv'))).toEqual(['200 text/csv']);
    expect(look(reportRevenue, await report('image/png'))).toEqual(['406 not_acceptable']);

    const lock = await hasty().database.sql.connect();
    await lock.query('BEGIN; LOCK TABLE revenue_records');
    // PostgreSQL may be too busy to say in time that it has given up.
    const late = await eventually(async () => {
      const answer = await send(hasty().url, reportRevenue, { apiKey: hasty().account.apiKey });
      expect(answer.status).toBe(422);
      return answer;
    });
    await lock.query('ROLLBACK');
    lock.release();
    expect(look(reportRevenue, late)).toEqual(['422 report_too_large']);
  });

  test('when an account has used up its storage', async () => {
    const { url, account } = full();
    expect(look(importRevenue, await send(url, importRevenue, { apiKey: account.apiKey }))).toEqual([
      '403 quota_exceeded',
    ]);
  });

  test('when there is too much to do', async () => {
    const { url, database, account } = busy();
    // What is accepted while the ledger is being asked may be missing from its answer: the next one has it.
    const refusedWith = (status: number, apiKey: string) =>
      eventually(async () => {
        const answer = await send(url, importRevenue, { apiKey, headers: NOW });
        expect(answer.status).toBe(status);
        return answer;
      });
    const greedy = await refusedWith(429, account.apiKey);
    expect(look(importRevenue, greedy)).toEqual(['429 too_many_pending']);
    const { apiKey } = await addAccount(database.sql);
    const another = await refusedWith(503, apiKey);
    expect(look(importRevenue, another)).toEqual(['503 overloaded']);
  });

  test.for<[Operation, Sending, string]>([
    [importRevenue, { body: '{' }, '400 invalid_json'],
    [importRevenue, { body: '{}' }, '400 missing_records'],
    [importRevenue, { query: '?dryrun=true' }, '400 invalid_parameter'],
    [importRevenue, { headers: { 'idempotency-key': '' } }, '400 invalid_idempotency_key'],
    [importRevenue, { headers: { 'import-name': '' } }, '400 invalid_header'],
    [importRevenue, { body: `"${'x'.repeat(5 * 1024 * 1024)}"` }, '413 payload_too_large'],
    [importRevenue, { body: `{"records":[${'0,'.repeat(1_000)}0]}` }, '413 too_many_records'],
    [importRevenue, { headers: { 'content-type': 'text/csv' } }, '415 unsupported_media_type'],
    [getImport, {}, '404 not_found'],
    [listImportErrors, {}, '404 not_found'],
    [listImports, { query: '?limit=0' }, '400 invalid_parameter'],
    [listImportErrors, { query: '?limit=0' }, '400 invalid_parameter'],
    [reportRevenue, { query: '&limit=0' }, '400 invalid_parameter'],
    [undoImport, {}, '404 not_found'],
    [undoImport, { body: '{' }, '400 invalid_json'],
    [undoImport, { body: `"${'x'.repeat(5 * 1024 * 1024)}"` }, '413 payload_too_large'],
    [undoImport, { body: '{}', headers: { 'content-type': 'text/csv' } }, '415 unsupported_media_type'],
  ])('%#: $2', async ([operation, sending, wanted]) => {
    const { url, account } = stack();
    expect(look(operation, await send(url, operation, { apiKey: account.apiKey, ...sending }))).toEqual([wanted]);
  });

  testCompleteness();
});
