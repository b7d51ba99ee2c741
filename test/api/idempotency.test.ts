import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { countDrift, openDatabase } from '@trackly/db';
import { describe, expect, test } from 'vitest';

import { addSmallCatalog, readStoredRecords } from '../support/catalog.ts';
import { eventually } from '../support/eventually.ts';
import { importIdOf, post, REVENUE_PATH, type Answer, type PostOptions } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { startWorker } from '../support/stack.ts';
import { useStack } from '../support/suite.ts';
import { PATIENT } from '../support/limits.ts';
import { exchangeRaw } from './conformance/raw.ts';

const record = (revenue: number) => ({ message_id: 'm0', offer_id: 'o0', revenue });
const bodyOf = (...revenues: number[]) => JSON.stringify({ records: revenues.map(record) });

let lastKey = 0;
const newKey = () => `key ${(lastKey += 1)}`;

describeOnEachQueue('Idempotency-Key', (createQueue) => {
  const stack = useStack({ createQueue });

  const send = (key: string, body: string | Uint8Array<ArrayBuffer>, options: PostOptions = {}) =>
    post(stack().url, body, {
      apiKey: stack().account.apiKey,
      ...options,
      headers: { 'idempotency-key': key, ...options.headers },
    });

  const countImports = async () => {
    const { rows } = await stack().database.sql.query<{ count: string }>('SELECT count(*) FROM imports');
    return Number(rows[0]?.count);
  };

  test('the same request again has no further effect, and the same answer', async () => {
    const key = newKey();
    const body = bodyOf(1.25, 2, -1);
    const first = await send(key, body);
    const second = await send(key, body);
    expect(first).toMatchObject({ status: 200, json: { success_count: 2, error_count: 1, total_revenue: 3.25 } });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second).toMatchObject({ status: 200, text: first.text });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(importIdOf(second)).toBe(importIdOf(first));
    expect(await readStoredRecords(stack().database.sql, importIdOf(first))).toHaveLength(2);
  });

  test('20 at once have one effect and one answer', async () => {
    const key = newKey();
    const before = await countImports();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(key, bodyOf(1, 2, 3))));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(new Set(answers.map(importIdOf)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect(await countImports()).toBe(before + 1);
    const db = openDatabase({ url: stack().database.url, poolSize: 1, applicationName: 'test', ...PATIENT });
    expect(await countDrift(db, stack().account.id)).toBe(0);
    await db.$disconnect();
  });

  test('with another body it is refused, and nothing of that is saved', async () => {
    const key = newKey();
    const before = await countImports();
    expect((await send(key, bodyOf(1))).status).toBe(200);
    for (const other of [bodyOf(2), `${bodyOf(1)} `, bodyOf(1, 1)]) {
      expect(await send(key, other)).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
    }
    expect(await countImports()).toBe(before + 1);
  });

  test('the same body compressed, or on the other path, is the same request', async () => {
    const key = newKey();
    const first = await send(key, bodyOf(4));
    const compressed = await send(key, new Uint8Array(gzipSync(bodyOf(4))), {
      headers: { 'content-encoding': 'gzip' },
    });
    const otherPath = await send(key, bodyOf(4), { path: REVENUE_PATH.replace('/api', '') });
    expect([compressed, otherPath].map(importIdOf)).toEqual([importIdOf(first), importIdOf(first)]);
  });

  test('a parameter with its default is the same as none', async () => {
    const key = newKey();
    const first = await send(key, bodyOf(1));
    for (const parameters of ['?dry_run=false', '?atomic=false&dry_run=false', '?']) {
      const again = await send(key, bodyOf(1), { path: REVENUE_PATH + parameters });
      expect(importIdOf(again)).toBe(importIdOf(first));
    }
    expect((await send(key, bodyOf(1), { path: `${REVENUE_PATH}?atomic=true` })).status).toBe(422);
  });

  test('what is kept with a key is the SHA-256 of the body and of the parameters that are not as usual', async () => {
    const hashes = [];
    for (const parameters of ['', '?atomic=true', '?dry_run=false&atomic=true']) {
      const answer = await send(newKey(), bodyOf(1), { path: REVENUE_PATH + parameters });
      const { rows } = await stack().database.sql.query<{ hash: string }>(
        `SELECT encode(request_hash, 'hex') AS hash FROM imports WHERE id = $1`,
        [importIdOf(answer)],
      );
      hashes.push(rows[0]?.hash);
    }
    const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
    const atomic = hashOf(`${bodyOf(1)}atomic=true`);
    expect(hashes).toEqual([hashOf(bodyOf(1)), atomic, atomic]);
  });

  test('two keys are refused, even if they are the same', async () => {
    const body = bodyOf(1);
    const head = [
      `POST ${REVENUE_PATH} HTTP/1.1`,
      'Host: x',
      `X-Api-Key: ${stack().account.apiKey}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ];
    const ask = (...keys: string[]) =>
      exchangeRaw(
        stack().url,
        `${[...head, ...keys.map((key) => `Idempotency-Key: ${key}`)].join('\r\n')}\r\n\r\n${body}`,
      );
    const key = newKey();
    expect((await ask(`${key}, ${key}`)).status).toBe(200);
    expect(await ask(key, key)).toMatchObject({
      status: 400,
      json: { code: 'invalid_idempotency_key', error: 'Idempotency-Key must be there once.' },
    });
  });

  test('another account may use the same key', async () => {
    const key = newKey();
    const other = await addSmallCatalog(stack().database.sql);
    const first = await send(key, bodyOf(1));
    const second = await send(key, bodyOf(2), { apiKey: other.apiKey });
    expect(second).toMatchObject({ status: 200, json: { total_revenue: 2 } });
    expect(second.headers.get('idempotent-replayed')).toBeNull();
    expect(importIdOf(second)).not.toBe(importIdOf(first));
  });

  test('an answer without a saved record is given again, too', async () => {
    const key = newKey();
    const first = await send(key, '{"records":[{}]}');
    const second = await send(key, '{"records":[{}]}');
    expect(second).toMatchObject({ status: 200, text: first.text });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  test('a refused request leaves no key behind', async () => {
    const key = newKey();
    expect((await send(key, '{"records":[]}')).status).toBe(400);
    expect((await send(key, 'no JSON')).status).toBe(400);
    const answer = await send(key, bodyOf(1));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('idempotent-replayed')).toBeNull();
  });

  test('the longest key and every printable character will do', async () => {
    const printable = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index)).join('');
    for (const key of ['x'.repeat(255), `<${printable}>`]) expect((await send(key, bodyOf(1))).status).toBe(200);
  });

  test.for(['', 'x'.repeat(256), 'schlüssel', 'tab\there'])('%s is refused', async (key) => {
    const before = await countImports();
    expect(await send(key, bodyOf(1))).toMatchObject({ status: 400, json: { code: 'invalid_idempotency_key' } });
    expect(await countImports()).toBe(before);
  });
});

describe('Idempotency-Key, while nothing is saved', () => {
  const stack = useStack({ worker: false });

  test('a second caller joins the running import, and gets the same answer', async () => {
    const { url, account, waiter, options } = stack();
    const send = () => post(url, bodyOf(5), { apiKey: account.apiKey, headers: { 'idempotency-key': 'joined' } });
    const callers: Promise<Answer>[] = [send()];
    await eventually(() => expect(waiter.size).toBe(1));
    callers.push(send(), send());
    await eventually(() => expect(waiter.size).toBe(3));

    await using cleanup = new AsyncDisposableStack();
    cleanup.use(await startWorker(options));
    const answers = await Promise.all(callers);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true', 'true']);
  });
});
