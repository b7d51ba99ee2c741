import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startServerProcess } from './lab/server-process.ts';
import { addSmallCatalog, type TestAccount } from './support/catalog.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { eventually } from './support/eventually.ts';
import { get, post, REVENUE_PATH } from './support/http.ts';
import { startProcesses, type Processes } from './support/processes.ts';
import { describeOnEachQueue } from './support/queues.ts';
import { acceptUnqueued } from './support/unqueued-import.ts';
import { failOnAmount } from './support/unsavable.ts';

const INFO = 30;
const WARN = 40;

type Line = Record<string, unknown>;

describeOnEachQueue('the logs of real processes', (createQueue) => {
  const cleanup = new AsyncDisposableStack();
  let database: TestDatabase;
  let account: TestAccount;
  let processes: Processes;

  beforeAll(async () => {
    database = cleanup.use(await createDatabase());
    const queue = cleanup.use(createQueue(database));
    account = await addSmallCatalog(database.sql);
    const env = { CHUNK_SIZE: '2', WORKER_CONCURRENCY: '1', LOG_LEVEL: 'trace' };
    processes = cleanup.use(await startProcesses({ databaseUrl: database.url, queueServer: queue.server, env }));
  });
  afterAll(() => cleanup.disposeAsync());

  async function send(requestId: string, revenues: number[], init: RequestInit = {}) {
    const records = revenues.map((revenue) => ({ message_id: 'm0', offer_id: 'o0', revenue }));
    const headers = { 'x-request-id': requestId, 'x-api-key': account.apiKey, 'content-type': 'application/json' };
    return fetch(processes.url + REVENUE_PATH, { method: 'POST', headers, body: JSON.stringify({ records }), ...init });
  }

  /** What `grep` finds for the id of a request, once it finds so many lines. */
  async function linesOf(requestId: string, messages: string[]): Promise<Line[]> {
    return eventually(async () => {
      const found = (await processes.logs()).filter((line) => line.includes(requestId));
      const lines = found.map((line): Line => JSON.parse(line));
      expect(lines).toHaveLength(messages.length);
      expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(messages));
      expect(lines.filter((line) => line['requestId'] !== requestId)).toEqual([]);
      return lines;
    });
  }

  const lineWith = (lines: Line[], msg: string) => lines.find((line) => line['msg'] === msg);

  /** The first line of a request that says this, once there is one. */
  async function firstLine(requestId: string, msg: string): Promise<Line> {
    return eventually(async () => {
      const line = (await processes.logs()).find(
        (each) => each.includes(`"requestId":"${requestId}"`) && each.includes(msg),
      );
      expect(line).toBeDefined();
      return JSON.parse(line ?? '{}');
    });
  }

  test('have one line for a request, and one for each chunk, found by the request’s id', async () => {
    const answer = await send('plain', [1, 2, 3]);
    const lines = await linesOf('plain', ['request answered', 'chunk saved', 'chunk saved']);
    const about = {
      level: INFO,
      time: expect.any(Number),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      hostname: expect.any(String),
      pid: expect.any(Number),
      requestId: 'plain',
      accountId: account.id,
      importId: answer.headers.get('x-import-id'),
      durationMs: expect.any(Number),
    };
    expect(lineWith(lines, 'request answered')).toEqual({
      ...about,
      name: 'trackly-api',
      msg: 'request answered',
      method: 'POST',
      route: REVENUE_PATH,
      path: REVENUE_PATH,
      status: 200,
      requestBytes: expect.any(Number),
      responseBytes: (await answer.text()).length,
    });
    const chunks = lines.filter(({ msg }) => msg === 'chunk saved');
    expect(chunks.toSorted((a, b) => Number(a['chunkIndex']) - Number(b['chunkIndex']))).toEqual(
      [2, 1].map((successCount, chunkIndex) => ({
        ...about,
        name: 'trackly-worker',
        msg: 'chunk saved',
        chunkIndex,
        saved: true,
        successCount,
        skippedCount: 0,
        errorCount: 0,
        attempt: 1,
        jobAgeMs: expect.any(Number),
        errorCodes: {},
        notKeptCount: 0,
      })),
    );
  });

  test('name the route of a path that ends with a slash', async () => {
    const headers = { 'x-request-id': 'slash' };
    await post(processes.url, '{', { path: `${REVENUE_PATH}/`, apiKey: account.apiKey, headers });
    const line = await firstLine('slash', 'request answered');
    expect(line).toMatchObject({ route: REVENUE_PATH, path: `${REVENUE_PATH}/`, status: 400 });
  });

  test('tell of a chunk that is split', async () => {
    await failOnAmount(database.sql, '6.66', '22003');
    await send('split', [1, 6.66]);
    const saved = ['chunk saved', 'chunk saved', 'request answered'];
    const lines = await linesOf('split', ['chunk split', 'a record cannot be saved: save_error', ...saved]);
    expect(lineWith(lines, 'chunk split')).toMatchObject({ level: INFO, chunkIndex: 0, newChunkIndex: 1001 });
    expect(JSON.stringify(lines)).toContain('SQLSTATE 22003');
    await database.sql.query('DROP TRIGGER refuse ON revenue_records; DROP FUNCTION refuse');
  });

  test('tell of a chunk that is tried again', async () => {
    await failOnAmount(database.sql, '7.77', '40001');
    const answered = send('retried', [7.77]);
    const failure = await firstLine('retried', 'attempt failed, will be retried');
    expect(failure).toMatchObject({ level: WARN, accountId: account.id, chunkIndex: 0, attempt: 1 });
    await database.sql.query('DROP TRIGGER refuse ON revenue_records; DROP FUNCTION refuse');
    const { headers } = await answered;
    const saved = await firstLine('retried', 'chunk saved');
    expect(saved).toMatchObject({ importId: headers.get('x-import-id'), requestId: 'retried' });
    expect(saved['attempt']).toBeGreaterThan(1);
  });

  test('tell of a chunk that is put back into the queue', async () => {
    const importId = await acceptUnqueued(database, account, { requestId: 'put-back' });
    const lines = await linesOf('put-back', ['chunk had no job: enqueued again', 'chunk saved']);
    const about = { accountId: account.id, importId, chunkIndex: 0 };
    expect(lines).toEqual([expect.objectContaining(about), expect.objectContaining(about)]);
  });

  test('tell of a client that leaves before its answer', async () => {
    await failOnAmount(database.sql, '8.88', '40001');
    const leaving = new AbortController();
    const answer = send('gone', [8.88], { signal: leaving.signal }).catch(() => 'left');
    // Then the client waits, and waits in vain.
    await firstLine('gone', 'attempt failed, will be retried');
    leaving.abort();
    expect(await answer).toBe('left');
    await eventually(async () => {
      const lines = (await processes.logs()).filter((line) => line.includes('"gone"') && line.includes('trackly-api'));
      const fields = { msg: 'the client left before the answer', route: REVENUE_PATH, accountId: account.id };
      expect(lines.map((line): Line => JSON.parse(line))).toEqual([expect.objectContaining(fields)]);
      expect(lines[0]).not.toContain('"status"');
    });
    await database.sql.query('DROP TRIGGER refuse ON revenue_records; DROP FUNCTION refuse');
  });

  test('hold no key, no value and no query', async () => {
    const { apiKey } = account;
    const headers = {
      'x-request-id': 'SECRET\u00e9',
      cookie: 'SECRET',
      authorization: 'SECRET',
      'idempotency-key': 'SECRET',
    };
    await post(processes.url, '{"records":[{"message_id":"SECRET"}]}', { apiKey, headers });
    await post(processes.url, '{"records":[]}', { apiKey: 'SECRET', path: `${REVENUE_PATH}?key=SECRET` });
    await get(`${processes.url}/${apiKey}/${'x'.repeat(5_000)}?key=SECRET`);
    await get(`${processes.url}/%74rk_${apiKey.slice(4)}/%53ECRET`);
    const last = await get(`${processes.url}/api/v2/history/imports/${uuidv7()}`, apiKey);
    await eventually(async () => {
      expect((await processes.logs()).join('\n')).toContain(last.headers.get('x-request-id'));
    });
    await processes.terminate();

    const lines = await processes.logs();
    expect(lines.length).toBeGreaterThan(20);
    expect(
      lines.filter((line) => /(?:S|%53)ECRET|(?:t|%74)rk_\w|\+1555|"m0|6\.66|7\.77|refused for/.test(line)),
    ).toEqual([]);
    expect(lines.filter((line) => line.length > 5_000)).toEqual([]);
  });
});

test.for([
  ['PostgreSQL', () => ({ DATABASE_URL: 'postgres://me:SECRET@[x:/y' })],
  ['Redis', (url: string) => ({ DATABASE_URL: url, REDIS_URL: 'redis://me:SECRET@[x:/y' })],
] as const)('a URL of %s that cannot be read is not quoted with its password', async ([, settings]) => {
  await using resources = new AsyncDisposableStack();
  const database = resources.use(await createDatabase());
  const folder = await mkdtemp(path.join(tmpdir(), 'trackly-logs-'));
  resources.defer(() => rm(folder, { recursive: true, force: true }));
  const logFile = path.join(folder, 'worker.log');
  const env = settings(database.url);
  const worker = resources.use(startServerProcess({ name: 'worker', app: 'worker', logFile, env }));
  await worker.exited;
  expect(await worker.logs()).toContain('could not start');
  expect(await worker.logs()).not.toContain('SECRET');
});
