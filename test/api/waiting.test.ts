import { describe, expect, test } from 'vitest';

import { eventually } from '../support/eventually.ts';
import { get, importIdOf, post, postRecords } from '../support/http.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';

const RECORD = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
const BODY = JSON.stringify({ records: [RECORD] });

describe('while nothing is saved', () => {
  const stack = useStack({ worker: false });

  const send = (headers: Record<string, string>) =>
    post(stack().url, BODY, { apiKey: stack().account.apiKey, headers });

  test.for(['respond-async', 'wait=0', 'wait=1'])('Prefer: %s gets 202, and the outcome later', async (prefer) => {
    const { url, account, options } = stack();
    const answer = await send({ prefer });
    const statusUrl = `/api/v2/history/imports/${importIdOf(answer)}`;
    expect(answer).toMatchObject({
      status: 202,
      json: { import_id: importIdOf(answer), status: 'processing', status_url: statusUrl },
    });
    expect(answer.headers.get('preference-applied')).toBe(prefer);
    expect(answer.headers.get('location')).toBe(statusUrl);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await get(url + statusUrl, account.apiKey)).toMatchObject({ status: 200, json: { status: 'processing' } });

    await using cleanup = new AsyncDisposableStack();
    cleanup.use(await startWorker(options));
    await eventually(async () => {
      expect(await get(url + statusUrl, account.apiKey)).toMatchObject({
        json: { status: 'completed', processed_count: 1, result: { success_count: 1, total_revenue: 1 } },
      });
    });
  });

  test('a client that leaves frees its waiter, and the import goes on', async () => {
    const { url, account, waiter, options, database } = stack();
    const leaving = new AbortController();
    const headers = { 'x-api-key': account.apiKey, 'content-type': 'application/json', 'x-request-id': 'left' };
    const answer = fetch(`${url}/v2/history/revenue`, { method: 'POST', headers, body: BODY, signal: leaving.signal });
    await eventually(() => expect(waiter.size).toBe(1));
    leaving.abort();
    await expect(answer).rejects.toThrow('aborted');
    await eventually(() => expect(waiter.size).toBe(0));

    await using cleanup = new AsyncDisposableStack();
    cleanup.use(await startWorker(options));
    await eventually(async () => {
      const { rows } = await database.sql.query(
        `SELECT FROM revenue_records JOIN imports ON imports.id = revenue_records.import_id WHERE request_id = 'left'`,
      );
      expect(rows).toHaveLength(1);
    });
  });

  test('the outcome is there at once when there is nothing to wait for', async () => {
    const { url, account } = stack();
    const answer = await post(url, '{"records":[{}]}', {
      apiKey: account.apiKey,
      headers: { prefer: 'respond-async' },
    });
    expect(answer).toMatchObject({ status: 200, json: { error_count: 1 } });
  });
});

describe('a wait that is long enough', () => {
  const stack = useStack();

  test('ends with 200, whatever else the client prefers', async () => {
    const { url, account } = stack();
    for (const prefer of ['wait=240', 'return=minimal', 'wait=soon']) {
      const answer = await post(url, BODY, { apiKey: account.apiKey, headers: { prefer } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('preference-applied')).toBe(prefer === 'wait=240' ? prefer : null);
    }
  });

  test('a request that is sent again without waiting gets the outcome that there is by now', async () => {
    const { url, account } = stack();
    const headers = { 'idempotency-key': 'once', prefer: 'respond-async' };
    const first = await post(url, BODY, { apiKey: account.apiKey, headers: { 'idempotency-key': 'once' } });
    const again = await post(url, BODY, { apiKey: account.apiKey, headers });
    expect(again).toMatchObject({ status: 200, text: first.text });
    expect((await postRecords(url, account.apiKey, [RECORD])).status).toBe(200);
  });
});
