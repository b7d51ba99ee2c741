import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { LIMITS } from '../../apps/api/src/load/limits.ts';
import { addSmallCatalog, type TestAccount } from '../support/catalog.ts';
import { eventually } from '../support/eventually.ts';
import { get, post, postRecords, REVENUE_PATH } from '../support/http.ts';
import { scrape } from '../support/metrics.ts';
import { useStack } from '../support/suite.ts';

const RECORD = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
const NOW = { prefer: 'respond-async' };
const KIB = 1024;

/** Sends text on a connection of its own, and collects what comes back. */
async function open(url: string, text: string): Promise<{ socket: Socket; received: () => string }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (bytes: Buffer) => (received += bytes.toString())).on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return { socket, received: () => received };
}

/** The beginning of an import, without the end of its body. */
function beginning({ apiKey }: TestAccount, sentBytes: number): string {
  return (
    `POST ${REVENUE_PATH} HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${apiKey}\r\nContent-Type: application/json\r\n` +
    `Content-Length: 5000000\r\n\r\n${' '.repeat(sentBytes)}`
  );
}

describe('with memory for 1 MiB of bodies, and 700 KiB for each account', () => {
  const stack = useStack({ worker: false, limits: { ...LIMITS, memory: { total: 1024 * KIB, each: 700 * KIB } } });
  const bodyOf = (size: number) => JSON.stringify({ records: [RECORD] }).padEnd(size);
  const sendOf = ({ apiKey }: TestAccount, size: number) => post(stack().url, bodyOf(size), { apiKey, headers: NOW });

  /** Sends most of a body, and waits until the API has it. */
  async function fill(text: string | Uint8Array, head: string) {
    const { url } = stack();
    const slow = await open(url, head);
    slow.socket.write(text);
    await eventually(async () => {
      expect((await scrape(url)).valueOf('trackly_http_memory_bytes')).toBeGreaterThan(600 * KIB);
    });
    return slow;
  }

  test('an account that has its share waits for its own bodies, and others have the rest', async () => {
    const { url, account, database } = stack();
    const other = await addSmallCatalog(database.sql);
    const { socket } = await fill(' '.repeat(601 * KIB), beginning(account, 0));
    const refused = await sendOf(account, 200 * KIB);
    expect(refused.status).toBe(429);
    expect(refused.json).toMatchObject({ code: 'too_many_requests' });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await postRecords(url, account.apiKey, [RECORD], NOW)).status).toBe(202);
    expect((await sendOf(other, 300 * KIB)).status).toBe(202);
    socket.destroy();
    await eventually(async () => expect((await sendOf(account, 200 * KIB)).status).toBe(202));
    // Nothing is left, not even of the answer that its client did not wait for.
    await eventually(async () => expect((await scrape(url)).valueOf('trackly_http_memory_bytes')).toBe(0));
  });

  test('the account that has most of it gives way, whether bodies are compressed or not', async () => {
    const { url, account, database } = stack();
    const other = await addSmallCatalog(database.sql);
    const { received } = await fill(' '.repeat(601 * KIB), beginning(account, 0));
    const compressed = new Uint8Array(gzipSync(bodyOf(500 * KIB)));
    const headers = { ...NOW, 'content-encoding': 'gzip' };
    expect((await post(url, compressed, { apiKey: other.apiKey, headers })).status).toBe(202);
    await eventually(() => expect(received()).toContain('"code":"overloaded"'));
    expect(received()).toMatch(/^HTTP\/1\.1 503 /);
  });

  test('a compressed body whose client leaves is forgotten', async () => {
    const { account } = stack();
    const compressed = gzipSync(randomBytes(900 * KIB)).subarray(0, 650 * KIB);
    const head = beginning(account, 0).replace('\r\n\r\n', '\r\nContent-Encoding: gzip\r\n\r\n');
    const { socket } = await fill(compressed, head);
    socket.destroy();
    await eventually(async () => expect((await sendOf(account, 200 * KIB)).status).toBe(202));
  });

  test('a compressed body is not decompressed until it is complete', async () => {
    const { url, account } = stack();
    const bomb = brotliCompressSync(Buffer.alloc(64 * 1024 * KIB));
    const head = beginning(account, 0).replace('5000000\r\n', `${bomb.length}\r\nContent-Encoding: br\r\n`);
    const { socket, received } = await open(url, head);
    socket.write(bomb.subarray(0, -1));
    await eventually(async () => {
      expect((await scrape(url)).valueOf('trackly_http_memory_bytes')).toBe(bomb.length - 1);
    });
    socket.write(bomb.subarray(-1));
    await eventually(() => expect(received()).toMatch(/^HTTP\/1\.1 413 /));
    socket.destroy();
  });

  test('a body that trickles takes only what has arrived', async () => {
    const { url, account } = stack();
    const trickling = await Promise.all(Array.from({ length: 40 }, () => open(url, beginning(account, 1))));
    expect((await sendOf(account, 600 * KIB)).status).toBe(202);
    for (const { socket } of trickling) socket.destroy();
  });
});

describe('while PostgreSQL does not say whose a key is', () => {
  const stack = useStack({
    worker: false,
    trustedProxies: '127.0.0.1',
    limits: { ...LIMITS, strangerTurns: { ...LIMITS.strangerTurns, patienceMs: 1_000 } },
  });

  test('known keys are served, and few others are looked up, of each address', async () => {
    const { url, account, database } = stack();
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const send = (apiKey: string, headers: Record<string, string> = {}) =>
      postRecords(url, apiKey, [RECORD], { ...NOW, ...headers });
    expect((await send(account.apiKey)).status).toBe(202);

    const lock = await database.sql.connect();
    await lock.query('BEGIN; LOCK TABLE api_keys');
    const unknown = Array.from({ length: 10 }, async (_, index) => {
      const answer = await send(`trk_${String(index).padStart(32, '0')}`, from('192.0.2.1'));
      return answer.status;
    });
    // Two of them wait for PostgreSQL, the others for these.
    await eventually(async () => {
      const { rows } = await database.sql.query(
        `SELECT FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%find-api-key%'`,
      );
      expect(rows).toHaveLength(2);
    });
    expect((await send(account.apiKey, from('192.0.2.1'))).status).toBe(202);
    const nowhere = await fetch(`${url}/nowhere`, { headers: from('192.0.2.2') });
    expect(nowhere.status).toBe(404);
    await eventually(async () => {
      const { status } = await fetch(`${url}/nowhere`, { headers: from('192.0.2.1') });
      expect(status).toBe(429);
    });
    await lock.query('ROLLBACK');
    lock.release();
    expect(await Promise.all(unknown)).toEqual(expect.arrayContaining([401, 401, 429]));
    await eventually(async () => {
      const { status } = await fetch(`${url}/nowhere`, { headers: from('192.0.2.1') });
      expect(status).toBe(404);
    });
  });
});

describe('a connection', () => {
  const stack = useStack({ worker: false, keepAliveMs: 5_000 });

  test('with more than 16 requests that are not answered is closed, and counted', async () => {
    const { url, account } = stack();
    const waiting = `GET /api/v2/history/imports HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${account.apiKey}\r\n\r\n`;
    const few = await open(url, waiting.repeat(16));
    await eventually(() => expect(few.received().split('HTTP/1.1 200 OK')).toHaveLength(17));
    few.socket.destroy();

    const many = await open(url, waiting.repeat(40));
    await once(many.socket, 'close');
    expect(many.received()).toBe('');
    await eventually(async () => {
      const samples = await scrape(url);
      expect(samples.valueOf('trackly_http_closed_connections_total{reason="pipelining"}')).toBe(1);
    });
    // Its address waits for a moment, and is served.
    expect((await get(`${url}/api/v2/history/imports`, account.apiKey)).status).toBe(200);
  });

  test('may be idle for as long as the setting says', async () => {
    const { headers } = await fetch(`${stack().url}/healthz`);
    expect(headers.get('keep-alive')).toBe('timeout=5');
  });
});

describe('a client that reads nothing', () => {
  const stack = useStack({ worker: false, limits: { ...LIMITS, stallMs: 300 } });

  test('is disconnected, also if it has asked for more than one answer', async () => {
    const { url } = stack();
    const { socket } = await open(url, '');
    socket.pause();
    // Those that do not fit into the buffers of the connection are not sent.
    socket.write('GET /docs/static/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(16));
    await eventually(async () => {
      const samples = await scrape(url);
      expect(samples.valueOf('trackly_http_closed_connections_total{reason="unread_answer"}')).toBe(1);
    });
    socket.destroy();
  });
});

describe('a record that would take long to read', () => {
  const stack = useStack();

  test('is rejected, and those beside it are saved', async () => {
    const { url, account } = stack();
    const dense = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`field ${index}`, 1]));
    const answer = await postRecords(url, account.apiKey, [RECORD, dense, '['.repeat(3), RECORD]);
    expect(answer.json).toMatchObject({
      success_count: 2,
      error_count: 2,
      errors: [
        { index: 1, code: 'invalid_record' },
        { index: 2, code: 'invalid_record' },
      ],
    });
  });

  test('with as many beside it is refused', async () => {
    const { url, account } = stack();
    const answer = await post(url, `{"records":[${'0,'.repeat(400_000)}0]}`, { apiKey: account.apiKey });
    expect(answer).toMatchObject({ status: 413, json: { code: 'too_many_records' } });
  });
});
