import { describe, expect, test } from 'vitest';

import { addAccount } from '../support/catalog.ts';
import { get, post } from '../support/http.ts';
import { useStack } from '../support/suite.ts';
import { exchangeRaw } from './conformance/raw.ts';

const RECORD = '{"message_id":"m0","offer_id":"o0","revenue":1}';
const BODY = `{"records":[${RECORD}]}`;
const UNKNOWN_KEY = `trk_${'0'.repeat(32)}`;

const keyRequired = { error: 'API key required', code: 'missing_api_key' };
const invalidKey = { error: 'Invalid API key', code: 'invalid_api_key' };
const invalidJson = { error: 'The body is not valid JSON.', code: 'invalid_json' };
const missingRecords = {
  error: 'The records field is required and must be a non-empty array.',
  code: 'missing_records',
};
const tooManyRecords = { error: 'Exceeded the maximum of 1,000 records per request.', code: 'too_many_records' };
const methodNotAllowed = {
  error: 'This path does not take this method; Allow names those that it takes.',
  code: 'method_not_allowed',
};
const notFound = { error: 'Resource not found', code: 'not_found' };

const records = (count: number, record: string) => `{"records":[${Array(count).fill(record).join(',')}]}`;

const stack = useStack();

describe.for(['/api/v2', '/v2'])('under %s, a request is refused', (prefix) => {
  const path = `${prefix}/history/revenue`;

  test.for([
    { key: undefined, refusal: keyRequired },
    { key: '', refusal: keyRequired },
    { key: 'nonsense', refusal: invalidKey },
    { key: UNKNOWN_KEY, refusal: invalidKey },
    { key: `${UNKNOWN_KEY}0`, refusal: invalidKey },
    { key: `${UNKNOWN_KEY}, ${UNKNOWN_KEY}`, refusal: invalidKey },
    { key: "trk_' OR true --", refusal: invalidKey },
  ])('with 401 for the key $key', async ({ key, refusal }) => {
    const headers = key === undefined ? {} : { 'x-api-key': key };
    const answer = await post(stack().url, BODY, { path, headers });
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual(refusal);
  });

  test('with 403 and no code while the account is suspended', async () => {
    const { database, url } = stack();
    const account = await addAccount(database.sql);
    await database.sql.query('UPDATE accounts SET suspended_at = now() WHERE id = $1', [account.id]);
    const answer = await post(url, BODY, { path, apiKey: account.apiKey });
    expect(answer.status).toBe(403);
    expect(answer.json).toEqual({ error: 'Account is suspended' });
  });

  test.for([
    { body: '', status: 400, refusal: invalidJson },
    { body: '{"records":[', status: 400, refusal: invalidJson },
    { body: `${BODY},`, status: 400, refusal: invalidJson },
    { body: '{"records":[{"revenue":NaN}]}', status: 400, refusal: invalidJson },
    { body: "{'records':[]}", status: 400, refusal: invalidJson },
    { body: '{}', status: 400, refusal: missingRecords },
    { body: 'null', status: 400, refusal: missingRecords },
    { body: '5', status: 400, refusal: missingRecords },
    { body: `[${RECORD}]`, status: 400, refusal: missingRecords },
    { body: '{"records":null}', status: 400, refusal: missingRecords },
    { body: '{"records":{}}', status: 400, refusal: missingRecords },
    { body: '{"records":{"length":1,"0":{}}}', status: 400, refusal: missingRecords },
    { body: '{"records":"a"}', status: 400, refusal: missingRecords },
    { body: '{"records":[]}', status: 400, refusal: missingRecords },
    { body: `{"__proto__":${BODY}}`, status: 400, refusal: missingRecords },
    { body: `{"records":[${RECORD}],"records":[]}`, status: 400, refusal: missingRecords },
    { body: '['.repeat(5000) + ']'.repeat(5000), status: 400, refusal: missingRecords },
    { body: records(1001, RECORD), status: 413, refusal: tooManyRecords },
    { body: records(1001, 'null'), status: 413, refusal: tooManyRecords },
  ])('with $status $refusal.code for the body $body', async ({ body, status, refusal }) => {
    const { url, account } = stack();
    const answer = await post(url, body, { path, apiKey: account.apiKey });
    expect(answer.json).toEqual(refusal);
    expect(answer.status).toBe(status);
  });

  test.for(['', '/', '/history', '/history/revenue//', '/history/revenues', '/history/imports/%zz'])(
    'with 404 for the path %s',
    async (unknownPath) => {
      const { url, account } = stack();
      const answer = await get(url + prefix + unknownPath, account.apiKey);
      expect(answer.json).toEqual(notFound);
      expect(answer.status).toBe(404);
    },
  );

  test.for([
    ['GET', '/history/revenue', 'POST'],
    ['PUT', '/history/revenue/?dry_run=true', 'POST'],
    ['POST', '/history/imports', 'GET, HEAD'],
    ['PATCH', '/history/imports/019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f', 'DELETE, GET, HEAD'],
    ['DELETE', '/reports/revenue', 'GET, HEAD'],
  ])('with 405 for %s %s', async ([method = '', taken = '', allow]) => {
    const { url, account } = stack();
    const response = await fetch(url + prefix + taken, { method, headers: { 'x-api-key': account.apiKey } });
    expect(await response.json()).toEqual(methodNotAllowed);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

test.for([
  ['/healthz', 405],
  ['/docs/static/index.html', 405],
  ['/nowhere', 404],
  ['/api/v2/nowhere', 404],
] as const)('POST %s is refused with %i before its body is read', async ([path, status]) => {
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: x',
    'Content-Type: application/json',
    'Content-Length: 100',
    'Connection: close',
  ];
  const answer = await exchangeRaw(stack().url, `${head.join('\r\n')}\r\n\r\n`);
  expect(answer).toMatchObject({ status, json: status === 405 ? methodNotAllowed : notFound });
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each(['%2e%2e/x', '%00', '..%2f..%2fpackage.json', '.', 'a'.repeat(5000)])(
  'there is no file /docs/static/%s',
  async (name) => {
    const head = 'Host: x\r\nConnection: close\r\n\r\n';
    const answer = await exchangeRaw(stack().url, `GET /docs/static/${name} HTTP/1.1\r\n${head}`);
    expect(answer).toMatchObject({ status: 404, json: notFound });
  },
);

test('on loopback, metrics for the name of another host are refused, because it may be that of a malicious site', async () => {
  const ask = (path: string, head: string) => exchangeRaw(stack().url, `GET ${path} ${head}Connection: close\r\n\r\n`);
  for (const head of ['HTTP/1.1\r\nHost: evil.example\r\n', 'HTTP/1.1\r\nHost:\r\n', 'HTTP/1.0\r\n']) {
    const refusal = { code: 'foreign_host', error: expect.stringContaining('localhost and 127.0.0.1 only') };
    expect(await ask('/metrics', head)).toMatchObject({ status: 403, json: refusal });
    expect(await ask('/readyz', head)).toMatchObject({ status: 200 });
  }
  expect(await ask('/metrics', 'HTTP/1.1\r\n')).toMatchObject({ status: 400, json: { code: 'malformed_request' } });
});

test('a file that the page of the description does not have is refused like any other path', async () => {
  const answer = await get(`${stack().url}/docs/static/nothing.js`);
  expect(answer).toMatchObject({ status: 404, json: notFound });
});

test.for(['1e999', 'Infinity', '9'.repeat(400), '-1e999'])('a page of %s is refused', async (size) => {
  const { url, account } = stack();
  const paths = [
    `/contacts?per_page=${size}`,
    `/lists?per_page=${size}`,
    `/offers?per_page=${size}`,
    `/history/imports?limit=${size}`,
    `/reports/revenue?by=offer&limit=${size}`,
  ];
  const answers = await Promise.all(paths.map((each) => get(`${url}/api/v2${each}`, account.apiKey)));
  for (const answer of answers) expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_parameter' } });
});

test.for(['%ff', 'caf%E9', '%C0%AF', '%ED%A0%80', '%', '%zz', '100%'])(
  'the parameter %s is refused, because it is not percent-encoded UTF-8',
  async (value) => {
    const { url, account } = stack();
    const paths = [
      `/reports/revenue?by=offer&offer=${value}`,
      `/reports/revenue/?offer=${value}&by=offer`,
      `/history/imports?idempotency_key=${value}`,
    ];
    const answers = await Promise.all(paths.map((each) => get(`${url}/api/v2${each}`, account.apiKey)));
    const path = `/api/v2/history/revenue?dry_run=${value}`;
    for (const answer of [...answers, await post(url, BODY, { path, apiKey: account.apiKey })]) {
      expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_parameter' } });
      expect(answer.json).toMatchObject({ error: expect.stringContaining('must be percent-encoded as UTF-8') });
    }
  },
);

test.for(['caf%C3%A9', '%F0%9F%98%80', 'a+b', '100%25', '%EF%BF%BD'])('the parameter %s is read', async (value) => {
  const { url, account } = stack();
  const answer = await get(`${url}/api/v2/reports/revenue?by=offer&offer=${value}`, account.apiKey);
  expect(answer).toMatchObject({ status: 200, json: { rows: [] } });
});

test('the largest allowed request is accepted', async () => {
  const { url, account } = stack();
  const answer = await post(url, records(1000, RECORD), { apiKey: account.apiKey });
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({ success_count: 1000 });
});

test('a slash at the end of the path changes nothing', async () => {
  const { url, account } = stack();
  const answer = await post(url, BODY, { path: '/api/v2/history/revenue/?dry_run=true', apiKey: account.apiKey });
  expect(answer).toMatchObject({ status: 200, json: { success_count: 1 } });
  expect((await get(`${url}/v2/history/imports/`, account.apiKey)).status).toBe(200);
});

test('a refused request leaves no import behind', async () => {
  const { url, database } = stack();
  const account = await addAccount(database.sql);
  await post(url, '{"records":[]}', { apiKey: account.apiKey });
  await post(url, records(1001, RECORD), { apiKey: account.apiKey });
  const { rows } = await database.sql.query('SELECT id FROM imports WHERE account_id = $1', [account.id]);
  expect(rows).toEqual([]);
});
