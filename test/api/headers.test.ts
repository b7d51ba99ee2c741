import { describe, expect, test } from 'vitest';

import { get, importIdOf, post, postRecords, REVENUE_PATH } from '../support/http.ts';
import { useStack } from '../support/suite.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const RECORD = { message_id: 'm0', offer_id: 'o0', revenue: 1 };

const stack = useStack();

describe('X-Request-Id', () => {
  const send = (requestId: string | undefined, apiKey: string | undefined) =>
    post(stack().url, JSON.stringify({ records: [RECORD] }), {
      ...(apiKey && { apiKey }),
      headers: requestId === undefined ? {} : { 'x-request-id': requestId },
    });

  test.for(['a', 'job-7/part:3', '0123456789abcdef', 'A.b_c+d=e@f', 'x'.repeat(128)])(
    'is the client’s: %s',
    async (requestId) => {
      const { account, database } = stack();
      const answer = await send(requestId, account.apiKey);
      expect(answer.headers.get('x-request-id')).toBe(requestId);
      const { rows } = await database.sql.query('SELECT request_id FROM imports WHERE id = $1', [importIdOf(answer)]);
      expect(rows).toEqual([{ request_id: requestId }]);
    },
  );

  test.for([undefined, '', 'with space', 'x'.repeat(129), '<script>', '"quoted"', 'naïve'])(
    'is ours when the client’s is %s',
    async (requestId) => {
      const answer = await send(requestId, stack().account.apiKey);
      expect(answer.headers.get('x-request-id')).toMatch(UUID_V7);
    },
  );

  test('comes with refusals too', async () => {
    const refused = await send('mine', undefined);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('x-request-id')).toBe('mine');
    for (const path of ['/nowhere', '/%zz']) {
      const unknownPath = await get(stack().url + path);
      expect(unknownPath.status).toBe(404);
      expect(unknownPath.headers.get('x-request-id')).toMatch(UUID_V7);
    }
  });
});

test('X-Import-Id names the import of an accepted request, a new one each time', async () => {
  const { url, account } = stack();
  const first = importIdOf(await postRecords(url, account.apiKey, [RECORD]));
  const second = importIdOf(await postRecords(url, account.apiKey, [RECORD]));
  expect(first).toMatch(UUID_V7);
  expect(second).toMatch(UUID_V7);
  expect(second > first).toBe(true);
});

test('X-Import-Id does not come with a refusal', async () => {
  const { url, account } = stack();
  expect(importIdOf(await postRecords(url, account.apiKey, []))).toBe('');
});

test('security headers come with every response', async () => {
  const { url, account } = stack();
  const answers = [
    await postRecords(url, account.apiKey, [RECORD]),
    await post(url, '{}'),
    await get(`${url}/nowhere`),
    await get(`${url}/healthz`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 404, 200]);
  for (const { headers } of answers) {
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

test('/healthz tells that the process is alive, /readyz that it can accept work', async () => {
  const { url } = stack();
  expect(await get(`${url}/healthz`)).toMatchObject({ status: 200, json: { status: 'alive' } });
  expect(await get(`${url}/readyz`)).toMatchObject({ status: 200, json: { status: 'ready' } });
});

test('/openapi.json describes the API once, whatever prefixes it has', async () => {
  const answer = await get(`${stack().url}/openapi.json`);
  expect(answer).toMatchObject({ status: 200, json: { openapi: '3.1.0', paths: { [REVENUE_PATH]: {} } } });
  expect(answer.text).not.toContain('"/v2/');
});
