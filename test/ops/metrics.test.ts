import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { openTcpProxy, type TcpProxy } from '../lab/proxy.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { post } from '../support/http.ts';
import { HANGS_AFTER_MS } from '../support/limits.ts';
import { scrape, type Samples } from '../support/metrics.ts';
import { queueOnRedis } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';
import { startOps, type TestOps } from './support/ops.ts';

describe('what ops tells Prometheus', () => {
  const stack = useStack({ worker: false, chunkSize: 1 });
  const cleanup = new AsyncDisposableStack();
  let ops: TestOps;

  beforeAll(async () => {
    ops = cleanup.use(await startOps(stack().options));
  });
  afterAll(() => cleanup.disposeAsync());

  test('is what ledger and queue hold', async () => {
    const { url, account } = stack();
    const record = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
    await post(url, JSON.stringify({ records: [record, record, record] }), {
      apiKey: account.apiKey,
      headers: { prefer: 'respond-async' },
    });
    await eventually(async () => {
      const samples = await scrape(ops.url);
      expect(samples.valueOf('trackly_open_chunks')).toBe(3);
      expect(samples.valueOf('trackly_oldest_open_chunk_age_seconds')).toBeGreaterThan(0);
      expect(samples.valueOf('trackly_queue_jobs')).toBe(3);
      expect(samples.valueOf('trackly_server_up{server="postgresql"}')).toBe(1);
      expect(samples.valueOf('trackly_server_up{server="queue"}')).toBe(1);
    });
  });

  test('has no label that grows: no account, import or request', async () => {
    const { text } = await scrape(ops.url);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    const names = text.split('\n').filter((line) => line.startsWith('trackly_'));
    expect(names.filter((line) => !/^\w+(\{(state|server)="\w+"\})? /.test(line))).toEqual([]);
  });
});

/** Without a statement timeout, only the console itself can detect that a server is silent. */
const IMPATIENT = { answerMs: 1_500, statementTimeoutMs: 2 * HANGS_AFTER_MS };

describe('while a server is silent', () => {
  const cleanup = new AsyncDisposableStack();
  let database: TestDatabase;
  let proxy: TcpProxy;
  let proxied: string;

  beforeAll(async () => {
    database = cleanup.use(await createDatabase());
    const url = new URL(database.url);
    proxy = cleanup.use(await openTcpProxy(Number(url.port)));
    url.port = String(proxy.port);
    proxied = url.href;
  });
  afterAll(() => cleanup.disposeAsync());

  /** Scrapes until the server counts as away, and once more when it is back; no scrape waits for the server. */
  async function scrapeInSilence(ops: TestOps, server: string): Promise<{ during: Samples; readiness: number }> {
    const isReady = async () => (await fetch(`${ops.url}/readyz`)).status;
    proxy.stall();
    const during = await eventually(async () => {
      const samples = await scrape(ops.url);
      expect(samples.valueOf(`trackly_server_up{server="${server}"}`)).toBe(0);
      // The other one has answered.
      expect(samples.valueOf('trackly_server_up')).toBe(1);
      return samples;
    });
    const readiness = await isReady();
    expect(await (await fetch(ops.url)).text()).toContain('does not answer');
    proxy.resume();
    await eventually(async () => expect(await isReady()).toBe(200));
    return { during, readiness };
  }

  test.skipIf(!inject('redisUrl'))('of PostgreSQL, the queue’s numbers are there', async () => {
    await using queue = queueOnRedis(database);
    await using ops = await startOps({ databaseUrl: proxied, queueServer: queue.server, ...IMPATIENT });
    const { during, readiness } = await scrapeInSilence(ops, 'postgresql');
    expect(during.text).not.toMatch(/^trackly_(open_chunks|oldest_open_chunk_age_seconds) /m);
    expect(during.text).toMatch(/^trackly_queue_jobs\{state="active"\} 0$/m);
    expect(readiness).toBe(503);
  });

  test('of the queue’s server, the ledger’s numbers are there', async () => {
    await using ops = await startOps({
      databaseUrl: database.url,
      queueServer: { databaseUrl: proxied },
      ...IMPATIENT,
    });
    const { during, readiness } = await scrapeInSilence(ops, 'queue');
    expect(during.text).not.toMatch(/^trackly_queue_jobs\{/m);
    expect(during.text).toMatch(/^trackly_open_chunks 0$/m);
    expect(readiness).toBe(503);
  });
});
