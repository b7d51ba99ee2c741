import { expect, test } from 'vitest';

import { addAccount } from '../support/catalog.ts';
import { get, importIdOf, postRecords } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';

const RECORD = { message_id: 'm0', offer_id: 'o0', revenue: 0.1 };
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describeOnEachQueue('an import that outlasts the wait', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 2, syncWaitMs: 50, worker: false });

  test('is answered with 202, and finishes without the client', async () => {
    const { url, account, options } = stack();
    const records = [RECORD, RECORD, {}, RECORD, { ...RECORD, message_id: 'unknown' }];

    const accepted = await postRecords(url, account.apiKey, records);
    const importId = importIdOf(accepted);
    const statusUrl = `/api/v2/history/imports/${importId}`;
    expect(accepted.status).toBe(202);
    expect(accepted.json).toEqual({ import_id: importId, status: 'processing', status_url: statusUrl });
    expect(accepted.headers.get('location')).toBe(statusUrl);
    expect(Number(accepted.headers.get('retry-after'))).toBeGreaterThan(0);

    const status = () => get(url + statusUrl, account.apiKey);
    const processing = await status();
    expect(processing.status).toBe(200);
    expect(processing.json).toEqual({
      import_id: importId,
      kind: 'revenue',
      status: 'processing',
      dry_run: false,
      atomic: false,
      idempotency_key: null,
      record_count: 5,
      processed_count: 1,
      created_at: expect.stringMatching(UTC),
      completed_at: null,
    });

    await using worker = await startWorker(options);
    expect(worker).toBeDefined();
    await expect.poll(status).toMatchObject({ json: { status: 'completed' } });
    const completed = await status();
    expect(completed.json).toMatchObject({
      record_count: 5,
      processed_count: 5,
      created_at: expect.stringMatching(UTC),
      completed_at: expect.stringMatching(UTC),
    });
    expect(completed.text).toContain('"result":{"success_count":3,"error_count":2,"total_revenue":0.3,"errors":[{');
    expect(completed.json).toMatchObject({
      result: {
        errors: [
          { index: 2, code: 'missing_message_id' },
          { index: 4, code: 'message_not_found' },
        ],
      },
    });
    expect((await status()).text).toBe(completed.text);
  });

  test('is found under both prefixes by its own account, and by no other', async () => {
    const { url, account, database } = stack();
    const importId = importIdOf(await postRecords(url, account.apiKey, [RECORD]));
    const other = await addAccount(database.sql);
    for (const prefix of ['/api/v2', '/v2']) {
      const statusUrl = `${url}${prefix}/history/imports/${importId}`;
      expect(await get(statusUrl, account.apiKey)).toMatchObject({ status: 200 });
      expect(await get(statusUrl, other.apiKey)).toMatchObject({ status: 404, json: { code: 'not_found' } });
      expect(await get(statusUrl)).toMatchObject({ status: 401, json: { code: 'missing_api_key' } });
    }
  });

  test.for(['00000000-0000-7000-8000-000000000000', '1', 'x'.repeat(500), "1' OR true --", '%00', '..%2f..'])(
    'is not found as %s',
    async (importId) => {
      const { url, account } = stack();
      const answer = await get(`${url}/api/v2/history/imports/${importId}`, account.apiKey);
      expect(answer).toMatchObject({ status: 404, json: { code: 'not_found' } });
    },
  );

  test('is completed at once when no record passed the checks', async () => {
    const { url, account } = stack();
    const answer = await postRecords(url, account.apiKey, [{}]);
    expect(answer.status).toBe(200);
    const status = await get(`${url}/api/v2/history/imports/${importIdOf(answer)}`, account.apiKey);
    expect(status.json).toMatchObject({ status: 'completed', processed_count: 1, result: { error_count: 1 } });
  });
});
