import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';

import { addAccount } from '../support/catalog.ts';
import { get, importIdOf, post, postRecords, REVENUE_PATH, type Answer } from '../support/http.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';

const RECORD = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
const NOWHERE = { ...RECORD, message_id: 'nowhere' };
const NDJSON = 'application/x-ndjson';
const CSV = 'text/csv';
const NOT_FOUND = { status: 404, json: { code: 'not_found' } };

describe('all errors of an import', () => {
  const stack = useStack({ chunkSize: 3 });

  async function read(importId: string, query = '', accept?: string): Promise<Answer> {
    const { url, account } = stack();
    return get(`${url}/api/v2/history/imports/${importId}/errors${query}`, account.apiKey, accept);
  }

  test.for([
    ['limit=0', 'limit must be >= 1.'],
    ['limit=1001', 'limit must be <= 1000.'],
    ['cursor=-1', 'cursor must be the next_cursor of a page.'],
    ['cursor=9999999999', 'cursor must be the next_cursor of a page.'],
    ['index=2', 'There is no parameter "index".'],
  ])('are not given for %s', async ([query, error]) => {
    const { url, account } = stack();
    const importId = importIdOf(await postRecords(url, account.apiKey, [{}]));
    const refused = { status: 400, json: { code: 'invalid_parameter', error } };
    for (const accept of [undefined, NDJSON, CSV])
      expect(await read(importId, `?${query}`, accept)).toMatchObject(refused);
  });

  const trials = ['?dry_run=true', '?atomic=true', '?dry_run=true&atomic=true'];
  test.for(trials)('of %s are those of its bad records', async (parameters) => {
    const { url, account } = stack();
    const records = [RECORD, NOWHERE, {}, { ...NOWHERE, payout: '2.50', timestamp: '2026-01-01' }];
    const answer = await post(url, JSON.stringify({ records }), {
      apiKey: account.apiKey,
      path: REVENUE_PATH + parameters,
    });
    const saved = { message_id: 'nowhere', offer_id: 'o0', attribution_type: 'sale' };
    expect((await read(importIdOf(answer))).json).toMatchObject({
      errors: [
        { index: 1, code: 'message_not_found', record: { ...saved, revenue: 1 } },
        { index: 2, code: 'missing_message_id', record: {} },
        { index: 3, record: { ...saved, revenue: 1, payout: 2.5, timestamp: '2026-01-01T00:00:00.000000Z' } },
      ],
      next_cursor: null,
    });
  });

  test('are still given when the import is undone', async () => {
    const { url, account } = stack();
    const importId = importIdOf(await postRecords(url, account.apiKey, [RECORD, NOWHERE]));
    const before = await read(importId);
    const stateUrl = `${url}/api/v2/history/imports/${importId}`;
    const undone = await fetch(stateUrl, { method: 'DELETE', headers: { 'x-api-key': account.apiKey } });
    expect(await undone.json()).toMatchObject({ status: 'undone' });
    expect(await read(importId)).toMatchObject({ status: 200, text: before.text });
  });

  test('have no record where the import is older than the column for it', async () => {
    const { url, account, database } = stack();
    const importId = importIdOf(await postRecords(url, account.apiKey, [NOWHERE, {}]));
    await database.sql.query('UPDATE import_chunks SET rejected_records = NULL WHERE import_id = $1', [importId]);
    await database.sql.query(`UPDATE imports SET rejected_records = '{}' WHERE id = $1`, [importId]);
    expect((await read(importId)).json).toMatchObject({
      errors: [
        { index: 0, code: 'message_not_found', record: null },
        { index: 1, code: 'missing_message_id', record: null },
      ],
    });
    const [row]: unknown[] = parse((await read(importId, '', CSV)).text, { columns: true });
    expect(row).toMatchObject({ index: '0', code: 'message_not_found', message_id: '', record: '' });
  });

  test('are found under both prefixes by the import’s own account, and by no other', async () => {
    const { url, account, database } = stack();
    const importId = importIdOf(await postRecords(url, account.apiKey, [{}]));
    const other = await addAccount(database.sql);
    for (const prefix of ['/api/v2', '/v2']) {
      const path = `${url}${prefix}/history/imports/${importId}/errors`;
      expect(await get(path, account.apiKey)).toMatchObject({
        status: 200,
        json: { errors: [{ index: 0, record: {} }] },
      });
      expect(await get(path, other.apiKey)).toMatchObject(NOT_FOUND);
      expect(await get(path)).toMatchObject({ status: 401, json: { code: 'missing_api_key' } });
    }
    for (const id of ['00000000-0000-7000-8000-000000000000', '1', '%00'])
      expect(await read(id)).toMatchObject(NOT_FOUND);
  });
});

describe('the errors of an import that is being processed', () => {
  const idle = useStack({ chunkSize: 1, worker: false });

  test('are not given before all are known', async () => {
    const { url, account, options } = idle();
    const body = JSON.stringify({ records: [{}, NOWHERE] });
    const headers = { prefer: 'respond-async' };
    const importId = importIdOf(await post(url, body, { apiKey: account.apiKey, headers }));
    const readIdle = () => get(`${url}/api/v2/history/imports/${importId}/errors`, account.apiKey);
    const early = await readIdle();
    expect(early).toMatchObject({ status: 409, json: { code: 'import_not_completed' } });
    expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0);

    await using worker = await startWorker(options);
    expect(worker).toBeDefined();
    await expect.poll(readIdle).toMatchObject({ status: 200, json: { errors: [{ index: 0 }, { index: 1 }] } });
  });
});
