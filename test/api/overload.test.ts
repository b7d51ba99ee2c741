import { once } from 'node:events';
import { connect } from 'node:net';

import { describe, expect, test } from 'vitest';

import { addSmallCatalog } from '../support/catalog.ts';
import { eventually } from '../support/eventually.ts';
import { get, post } from '../support/http.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';
import { acceptUnqueued } from '../support/unqueued-import.ts';

const BODY = '{"records":[{"message_id":"m0","offer_id":"o0","revenue":1}]}';
const NOW = { prefer: 'respond-async' };

describe('with more unfinished work than the limits allow', () => {
  const stack = useStack({ worker: false, maxOpenChunks: 5, maxOpenChunksPerAccount: 4 });

  test('an account is refused first that has much, then all that have something, until the work is done', async () => {
    const { url, account, database, options } = stack();
    const send = async (apiKey: string) => {
      const answer = await post(url, BODY, { apiKey, headers: NOW });
      const retryAfter = Number(answer.headers.get('retry-after'));
      expect(retryAfter).toBeGreaterThan(0);
      return answer.status === 202 ? 202 : answer.json;
    };
    // What is accepted while the ledger is being asked may be missing from its answer: the next one has it.
    const sendUntilRefused = async (apiKey: string) => {
      for (let accepted = 0; accepted < 100; accepted += 1) {
        const answer = await send(apiKey);
        if (answer !== 202) return { accepted, answer };
      }
      throw new Error('Nothing is ever refused.');
    };

    const greedy = await sendUntilRefused(account.apiKey);
    expect(greedy.answer).toMatchObject({ code: 'too_many_pending' });
    expect(greedy.accepted).toBeGreaterThanOrEqual(4);
    const modest = await addSmallCatalog(database.sql);
    const other = await sendUntilRefused(modest.apiKey);
    expect(other.answer).toMatchObject({ code: 'overloaded' });
    expect(other.accepted).toBeGreaterThanOrEqual(1);
    // With nothing open, an account is accepted whatever the others have done.
    expect(await send((await addSmallCatalog(database.sql)).apiKey)).toBe(202);
    const { rowCount } = await database.sql.query('SELECT FROM imports');
    expect(rowCount).toBe(greedy.accepted + other.accepted + 1);
    // Few come in such a moment.
    expect(rowCount).toBeLessThan(20);

    await using cleanup = new AsyncDisposableStack();
    cleanup.use(await startWorker(options));
    for (const { apiKey } of [account, modest]) await eventually(async () => expect(await send(apiKey)).toBe(202));
  });
});

describe('before the body is read', () => {
  const stack = useStack({ worker: false, maxOpenChunks: 1, maxOpenChunksPerAccount: 1 });

  test('a request is refused that cannot be taken; what is there can still be read', async () => {
    const { url, account, database } = stack();
    const send = () => post(url, BODY, { apiKey: account.apiKey, headers: NOW });
    // It is in the ledger before it is counted, so that no count is without it.
    const importId = await acceptUnqueued(database, account);
    await eventually(async () => expect((await send()).status).toBe(429));
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v2/history/revenue HTTP/1.1\r\nHost: ${hostname}\r\nX-Api-Key: ${account.apiKey}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 5000000\r\n\r\n{',
    );
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toContain('429 Too Many Requests');
    const state = await get(`${url}/v2/history/imports/${importId}`, account.apiKey);
    expect(state).toMatchObject({ status: 200, json: { status: 'processing' } });
  });
});

describe('a client that is slow', () => {
  const stack = useStack({ worker: false });

  test('or says more than it should is served all the same', async () => {
    const { hostname, port } = new URL(stack().url);
    const socket = connect(Number(port), hostname);
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test('to take in that its body is too large gets to know it', async () => {
    const { url, account } = stack();
    const { hostname, port } = new URL(url);
    const size = 20 * 1024 * 1024;
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (text: Buffer) => (answer += text.toString()));
    socket.write(
      `POST /v2/history/revenue HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${account.apiKey}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${size}\r\n\r\n`,
    );
    await eventually(() => expect(answer).toContain('413'));
    const written = Promise.withResolvers<Error | null | undefined>();
    socket.write(Buffer.alloc(size, ' '), written.resolve);
    expect(await written.promise).toBeFalsy();
    socket.destroy();
    expect(answer).toContain('"code":"payload_too_large"');
  });

  test('to send its headers is told so, and its connection is closed', async () => {
    const { hostname, port } = new URL(stack().url);
    const socket = connect(Number(port), hostname);
    socket.write('POST /v2/history/revenue HTTP/1.1\r\nHost: ');
    let answer = '';
    socket.on('data', (text: Buffer) => (answer += text.toString()));
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(answer).toContain('"code":"request_timeout"');
  });

  test.for([
    ['GET / HTTP/9.9\r\n\r\n', 400, 'malformed_request'],
    ['GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed_request'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ] as const)('or broken gets an answer of the usual form: %#', async ([request, status, code]) => {
    const { hostname, port } = new URL(stack().url);
    const socket = connect(Number(port), hostname);
    socket.write(request);
    let answer = '';
    socket.on('data', (text: Buffer) => (answer += text.toString()));
    await once(socket, 'close');
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toEqual({ error: expect.any(String), code });
  });
});
