import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { LIMITS } from '../../apps/api/src/load/limits.ts';
import { addAccount } from '../support/catalog.ts';
import { eventually } from '../support/eventually.ts';
import { get, importIdOf, type Answer } from '../support/http.ts';
import { startWorker } from '../support/stack.ts';
import { useStack, type RunningStack } from '../support/suite.ts';
import { Description } from './conformance/description.ts';
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
import { exchangeRaw } from './conformance/raw.ts';
import { send, UNKNOWN_IMPORT, type Sending } from './conformance/send.ts';

const UNKNOWN_KEY = `trk_${'0'.repeat(32)}`;
const NOW = { prefer: 'respond-async' };

const seen = new Set<string>();
let description: Description;

/** Which documented response an answer is, as "status code", and where it is not as documented. */
function look(operation: Operation, answer: Answer): string[] {
  const { seen: name, misfits } = description.check(operation.id, answer);
  seen.add(name);
  return [
    name.replace(`${operation.id} `, '').replace('application/json ', '').replace(' application/json', ''),
    ...misfits,
  ];
}

describe('the API answers as it says', () => {
  const stack = useStack({ chunkSize: 1 });
  const idle = useStack({ worker: false, maxOpenChunks: 2, maxOpenChunksPerAccount: 1 });
  const broken = useStack({ worker: false });
  const away = useStack({ worker: false, awayAfterLooks: 15 });
  const full = useStack({ worker: false, maxStoredBytesPerAccount: 1_000 });
  const hasty = useStack({ worker: false, reportTimeoutMs: 50 });
  const filled = useStack({ worker: false, limits: { ...LIMITS, memory: { total: 0, each: 0 } } });
  const never = { atOnce: 0, atOnceEach: 0, waitingEach: 1, patienceMs: 1 };
  const crowded = useStack({ worker: false, limits: { ...LIMITS, turns: never, reportTurns: never } });
  let unlock: () => Promise<void>;

  beforeAll(async () => {
    description = new Description((await get(`${stack().url}/openapi.json`)).json);
    await broken().database.sql.query(
      'ALTER TABLE imports RENAME TO hidden; ALTER TABLE revenue_records RENAME TO gone',
    );
    // The API asks for its backlog ten times a second; a server that does not answer that counts as away.
    const lock = await away().database.sql.connect();
    await lock.query('BEGIN; LOCK TABLE import_chunks');
    unlock = async () => {
      await lock.query('ROLLBACK');
      lock.release();
    };
    await eventually(async () => {
      const { status } = await get(`${away().url}/readyz`);
      if (status !== 503) throw new Error(`It is still ${status}.`);
    });
  });
  afterAll(() => unlock());

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
    expect(look(undoImport, await send(url, undoImport, { apiKey, importId, headers: NOW }))).toEqual(['202']);
    expect(look(getImport, await state())).toEqual(['200']);
    {
      await using worker = await startWorker(options);
      expect(worker).toBeDefined();
      await expect.poll(state).toMatchObject({ json: { status: 'undone' } });
    }
    expect(look(getImport, await state())).toEqual(['200']);
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
    const { url, database, account } = idle();
    // What is accepted while the ledger is being asked may be missing from its answer: the next one has it.
    const refusedWith = (status: number, apiKeyOf: () => Promise<string>) =>
      eventually(async () => {
        const answer = await send(url, importRevenue, { apiKey: await apiKeyOf(), headers: NOW });
        expect(answer.status).toBe(status);
        return answer;
      });
    const greedy = await refusedWith(429, async () => account.apiKey);
    expect(look(importRevenue, greedy)).toEqual(['429 too_many_pending']);
    const another = await refusedWith(503, async () => (await addAccount(database.sql)).apiKey);
    expect(look(importRevenue, another)).toEqual(['503 overloaded']);
  });

  test('when it is hardly HTTP', async () => {
    const { url } = stack();
    const exchanges = operations.map(async (operation) => {
      const start = `${operation.method} ${operation.path(UNKNOWN_IMPORT)} HTTP/1.1\r\n`;
      const hostless = await exchangeRaw(url, `${start}Connection: close\r\n\r\n`);
      expect(look(operation, hostless)).toEqual(['400 malformed_request']);
      const large = await exchangeRaw(url, `${start}Host: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
      expect(look(operation, large)).toEqual(['431 headers_too_large']);
      expect(look(operation, await exchangeRaw(url, `${start}Host: `))).toEqual(['408 request_timeout']);
    });
    await Promise.all(exchanges);
  });

  describe.for(operations)('to $id', (operation) => {
    test('without a valid key, or with that of a suspended account', async () => {
      const { url, database } = stack();
      const { id, apiKey } = await addAccount(database.sql);
      await database.sql.query('UPDATE accounts SET suspended_at = now() WHERE id = $1', [id]);
      expect(look(operation, await send(url, operation))).toEqual(['401 missing_api_key']);
      expect(look(operation, await send(url, operation, { apiKey: UNKNOWN_KEY }))).toEqual(['401 invalid_api_key']);
      expect(look(operation, await send(url, operation, { apiKey }))).toEqual(['403 suspended']);
    });

    test('when something fails inside, or a server is away', async () => {
      const { apiKey } = broken().account;
      expect(look(operation, await send(broken().url, operation, { apiKey }))).toEqual(['500 internal_error']);
      const { url, account } = away();
      expect(look(operation, await send(url, operation, { apiKey: account.apiKey }))).toEqual(['503 unavailable']);
    });

    test('when too many want something at once', async () => {
      const answerOf = ({ url, account }: RunningStack) => send(url, operation, { apiKey: account.apiKey });
      expect(look(operation, await answerOf(filled()))).toEqual(['429 too_many_requests']);
      expect(look(operation, await answerOf(crowded()))).toEqual(['503 overloaded']);
    });
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

  test('and everything that it says has been seen', () => {
    expect(description.documented.filter((name) => !seen.has(name))).toEqual([]);
  });

  test('its examples fit their schemas', () => {
    expect(description.exampleMisfits).toEqual([]);
  });
});
