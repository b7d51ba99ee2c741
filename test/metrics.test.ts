import path from 'node:path';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openTcpProxy } from './lab/proxy.ts';
import { startServerProcess } from './lab/server-process.ts';
import { createDatabase } from './support/database.ts';
import { eventually } from './support/eventually.ts';
import { get, post, postRecords, REVENUE_PATH } from './support/http.ts';
import { parseMetrics, scrape, type Samples } from './support/metrics.ts';
import { startWorker, type InProcessWorker } from './support/stack.ts';
import { useStack } from './support/suite.ts';
import { failOnAmount } from './support/unsavable.ts';

describe('what a bad request and a bad record leave in the metrics', () => {
  const stack = useStack({ worker: false });
  let worker: InProcessWorker | undefined;
  let api: Samples;
  let saved: Samples;

  beforeAll(async () => {
    const { url, account, database, options } = stack();
    worker = await startWorker({ ...options, onFailedAttempt: () => undefined });
    await failOnAmount(database.sql, '6.66', '22003');
    const record = (fields: object) => ({ message_id: 'm0', offer_id: 'o0', revenue: 1, ...fields });
    const answer = await postRecords(url, account.apiKey, [
      record({}),
      record({}),
      record({ revenue: 6.66 }),
      record({ message_id: 'nowhere' }),
      record({ offer_id: 'nowhere' }),
      record({ revenue: -1 }),
      record({ timestamp: 'soon' }),
    ]);
    if (answer.status !== 200) throw new Error(answer.text);
    await post(url, '{', { apiKey: account.apiKey });
    await post(url, '{', { apiKey: account.apiKey, path: `${REVENUE_PATH}/` });
    await get(url + REVENUE_PATH);
    await get(`${url}/wp-admin`);
    await get(`${url}/wp-login`);
    // A request is counted when its connection has the whole answer, which may be after we have.
    api = await eventually(async () => {
      const samples = await scrape(url);
      const counted = [404, 405]
        .map((status) => `trackly_http_request_duration_seconds_count{method="GET",route="none",status="${status}"}`)
        .reduce((sum, name) => sum + samples.valueOf(name), 0);
      if (counted < 3) throw new Error(`Only ${counted} requests are counted.`);
      return samples;
    });
    // A worker counts what it has saved when PostgreSQL has told it, which may be after the API knows.
    const ofWorker = worker.metrics.registry;
    saved = await eventually(async () => {
      const samples = parseMetrics(await ofWorker.metrics());
      const counted =
        samples.valueOf('trackly_records_saved_total') + samples.valueOf('trackly_records_rejected_total');
      if (counted < 5) throw new Error(`Only ${counted} records are counted.`);
      return samples;
    });
  });
  afterAll(async () => worker?.[Symbol.asyncDispose]());

  test('every record that came in went out again: saved, or rejected with a code', () => {
    expect(api.valueOf('trackly_records_received_total')).toBe(7);
    expect(saved.valueOf('trackly_records_saved_total')).toBe(2);
    const rejected = 'trackly_records_rejected_total';
    expect(api.valueOf(rejected) + saved.valueOf(rejected)).toBe(5);
    expect(api.valueOf(`${rejected}{code="invalid_revenue"}`)).toBe(1);
    expect(api.valueOf(`${rejected}{code="invalid_timestamp"}`)).toBe(1);
    expect(saved.valueOf(`${rejected}{code="message_not_found"}`)).toBe(1);
    expect(saved.valueOf(`${rejected}{code="offer_not_found"}`)).toBe(1);
    expect(saved.valueOf(`${rejected}{code="save_error"}`)).toBe(1);
  });

  test('requests are measured by route and status, with a slash at the end or not; an unknown path is no route', () => {
    const count = 'trackly_http_request_duration_seconds_count';
    expect(api.valueOf(`${count}{method="POST",route="${REVENUE_PATH}",status="200"}`)).toBe(1);
    expect(api.valueOf(`${count}{method="POST",route="${REVENUE_PATH}",status="400"}`)).toBe(2);
    expect(api.valueOf(`${count}{method="GET",route="none",status="404"}`)).toBe(2);
    expect(api.valueOf(`${count}{method="GET",route="none",status="405"}`)).toBe(1);
    expect(api.valueOf('trackly_http_refusals_total{code="invalid_json"}')).toBe(2);
    expect(api.valueOf('trackly_http_refusals_total{code="method_not_allowed"}')).toBe(1);
    expect(api.valueOf('trackly_http_refusals_total{code="not_found"}')).toBe(2);
  });

  test('a client that leaves before its answer is measured, too', async () => {
    const { url, account } = stack();
    const headers = { 'x-api-key': account.apiKey, 'content-type': 'application/json', 'content-length': '1000' };
    const leaving = request(url + REVENUE_PATH, { method: 'POST', headers });
    leaving.on('error', () => undefined);
    leaving.write('{', () => leaving.destroy());
    const left = `{method="POST",route="${REVENUE_PATH}",status="client_left"}`;
    await eventually(async () => {
      const samples = await scrape(url);
      expect(samples.valueOf(`trackly_http_request_duration_seconds_count${left}`)).toBe(1);
    });
  });

  test('each chunk is measured in the queue once, and in each of its statements', () => {
    const splits = saved.valueOf('trackly_chunk_splits_total');
    expect(splits).toBeGreaterThan(0);
    expect(saved.valueOf('trackly_chunk_queue_duration_seconds_count')).toBe(1 + splits);
    expect(saved.valueOf('trackly_chunk_statement_duration_seconds_count')).toBeGreaterThan(1 + splits);
  });

  test('the servers are up, nothing waits, and connections are counted', () => {
    expect(api.valueOf('trackly_server_up{server="postgresql"}')).toBe(1);
    expect(api.valueOf('trackly_server_up{server="queue"}')).toBe(1);
    expect(api.valueOf('trackly_waiting_requests')).toBe(0);
    for (const samples of [api, saved]) {
      expect(samples.valueOf('trackly_database_pool_connections')).toBeGreaterThan(0);
      expect(samples.text).toContain('nodejs_eventloop_lag_p99_seconds ');
    }
  });

  test('labels are few, and none is an account, an import, a request or a path', () => {
    const trackly = [api, saved].flatMap(({ text }) => text.split('\n').filter((line) => line.startsWith('trackly_')));
    const labels = new Set(trackly.flatMap((line) => [...line.matchAll(/[{,](\w+)="/g)].map(([, label]) => label)));
    expect(labels).toEqual(new Set(['cause', 'code', 'le', 'method', 'reason', 'route', 'server', 'state', 'status']));
    const { account } = stack();
    expect(trackly.filter((line) => line.includes('wp-') || line.includes(account.apiKey))).toEqual([]);
  });
});

test('a worker process says that it is ready, and that it is not while PostgreSQL is away', async () => {
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'trackly-worker-'));
  cleanup.defer(() => rm(folder, { recursive: true }));
  const database = cleanup.use(await createDatabase());
  const address = new URL(database.url);
  const proxy = cleanup.use(await openTcpProxy(Number(address.port)));
  address.port = String(proxy.port);
  const logFile = path.join(folder, 'worker.log');
  cleanup.use(startServerProcess({ name: 'worker', app: 'worker', env: { DATABASE_URL: address.href }, logFile }));

  const url = await eventually(async () => {
    const found = /"status":"(http[^"]+)"/.exec(await readFile(logFile, 'utf8'))?.[1];
    expect(found).toBeDefined();
    return found ?? '';
  });
  const answerOf = async (page: string) => (await get(`${url}${page}`)).status;

  await eventually(async () => expect(await answerOf('/readyz')).toBe(200));
  expect((await scrape(url)).valueOf('trackly_records_saved_total')).toBe(0);
  expect(await answerOf('/elsewhere')).toBe(404);
  await proxy.cut();
  await eventually(async () => expect(await answerOf('/readyz')).toBe(503));
  expect(await answerOf('/healthz')).toBe(200);
  await proxy.restore();
  await eventually(async () => expect(await answerOf('/readyz')).toBe(200));
});
