import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { addSmallCatalog, type TestAccount } from './support/catalog.ts';
import { startCollector, treeOf, type CollectedSpan, type Collector } from './support/collector.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { eventually } from './support/eventually.ts';
import { get, importIdOf, post, REVENUE_PATH } from './support/http.ts';
import { startProcesses, type Processes } from './support/processes.ts';
import { describeOnEachQueue } from './support/queues.ts';
import { acceptUnqueued } from './support/unqueued-import.ts';
import { failOnAmount } from './support/unsavable.ts';

const SERVER = 2;
const CLIENT = 3;
const PRODUCER = 4;
const CONSUMER = 5;

const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

const records = (...revenues: number[]) =>
  JSON.stringify({ records: revenues.map((revenue) => ({ message_id: 'm0', offer_id: 'x0', revenue })) });

describeOnEachQueue('a trace', (createQueue) => {
  const cleanup = new AsyncDisposableStack();
  let database: TestDatabase;
  let account: TestAccount;
  let collector: Collector;
  let processes: Processes;

  beforeAll(async () => {
    database = cleanup.use(await createDatabase());
    const queue = cleanup.use(createQueue(database));
    account = await addSmallCatalog(database.sql);
    collector = cleanup.use(await startCollector());
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      CHUNK_SIZE: '2',
      WORKER_CONCURRENCY: '1',
    };
    processes = cleanup.use(await startProcesses({ databaseUrl: database.url, queueServer: queue.server, env }));
  });
  afterAll(() => cleanup.disposeAsync());

  async function send(body: string, requestId: string, headers: Record<string, string> = {}) {
    const options = { apiKey: account.apiKey, headers: { 'x-request-id': requestId, ...headers } };
    return post(processes.url, body, options);
  }

  const spansOf = (requestId: string) =>
    collector.spans.filter(({ attributes }) => attributes['trackly.request_id'] === requestId);

  /** Waits until the trace of a request looks like this. */
  async function expectTrace(requestId: string, tree: string[]): Promise<CollectedSpan> {
    return eventually(() => {
      const [root, ...others] = spansOf(requestId).filter(
        ({ parentId }) => !collector.spans.some(({ id }) => id === parentId),
      );
      expect(others).toEqual([]);
      // A key, and what its account stores, are looked up when the API has not done so for a while.
      const spans = collector.spans.filter(({ name }) => name !== 'find-api-key' && name !== 'read-usage');
      expect(root && treeOf(spans, root)).toEqual(tree);
      return root!;
    });
  }

  test('goes from the caller through HTTP, ledger and queue to the statement that saves', async () => {
    const traceparent = `00-${CALLER.traceId}-${CALLER.spanId}-01`;
    const answer = await send(records(1, 2, 3), 'whole', { traceparent });
    expect(answer.status).toBe(200);
    const root = await expectTrace('whole', [
      `POST ${REVENUE_PATH}`,
      '  accept-import',
      '  enqueue save-revenue-chunk',
      '    process save-revenue-chunk',
      '      save-revenue-chunk',
      '    process save-revenue-chunk',
      '      save-revenue-chunk',
    ]);
    expect(root).toMatchObject({ traceId: CALLER.traceId, parentId: CALLER.spanId, service: 'trackly-api' });

    const about = {
      'trackly.request_id': 'whole',
      'trackly.account_id': account.id,
      'trackly.import_id': importIdOf(answer),
    };
    const spans = collector.spans.filter(({ traceId }) => traceId === CALLER.traceId);
    const withName = (name: string) =>
      spans
        .filter((span) => span.name === name)
        .map(({ service, kind, attributes }) => ({ service, kind, attributes }));
    expect(withName(`POST ${REVENUE_PATH}`)).toEqual([
      {
        service: 'trackly-api',
        kind: SERVER,
        attributes: {
          ...about,
          'http.request.method': 'POST',
          'http.route': REVENUE_PATH,
          'http.response.status_code': 200,
        },
      },
    ]);
    expect(withName('find-api-key')).toHaveLength(1);
    const accept = { 'db.system.name': 'postgresql', 'db.query.summary': 'accept-import' };
    expect(withName('accept-import')).toEqual([{ service: 'trackly-api', kind: CLIENT, attributes: accept }]);
    const enqueue = { ...about, 'messaging.system': 'bullmq', 'messaging.batch.message_count': 2 };
    expect(withName('enqueue save-revenue-chunk')).toEqual([
      { service: 'trackly-api', kind: PRODUCER, attributes: enqueue },
    ]);
    const job = { ...about, 'messaging.system': 'bullmq', 'trackly.attempt': 1 };
    expect(withName('process save-revenue-chunk')).toEqual([
      { service: 'trackly-worker', kind: CONSUMER, attributes: { ...job, 'trackly.chunk_index': 0 } },
      { service: 'trackly-worker', kind: CONSUMER, attributes: { ...job, 'trackly.chunk_index': 1 } },
    ]);

    const lines = (await processes.logs()).filter((line) => line.includes('"requestId":"whole"'));
    expect(lines).toHaveLength(3);
    expect(lines.filter((line) => !line.includes(`"traceId":"${CALLER.traceId}","spanId":"`))).toEqual([]);
  });

  test('goes on when the body comes after the headers', async () => {
    const headers = {
      'x-api-key': account.apiKey,
      'x-request-id': 'late-body',
      'content-type': 'application/json',
      expect: '100-continue',
    };
    const sent = request(processes.url + REVENUE_PATH, { method: 'POST', headers });
    sent.flushHeaders();
    await once(sent, 'continue');
    sent.end(records(1));
    const [answer]: IncomingMessage[] = await once(sent, 'response');
    expect(answer?.resume().statusCode).toBe(200);
    await expectTrace('late-body', [
      `POST ${REVENUE_PATH}`,
      '  accept-import',
      '  enqueue save-revenue-chunk',
      '    process save-revenue-chunk',
      '      save-revenue-chunk',
    ]);
  });

  test('of a caller that does not want one is none', async () => {
    await send(records(1, 2), 'unwanted', { traceparent: `00-${'1'.repeat(32)}-${CALLER.spanId}-00` });
    await send(records(1, 2), 'wanted');
    await eventually(() =>
      expect(spansOf('wanted').map(({ kind }) => kind)).toEqual(expect.arrayContaining([SERVER, CONSUMER])),
    );
    expect(spansOf('unwanted')).toEqual([]);
  });

  test('shows how a chunk was split until the record that cannot be saved was found', async () => {
    await failOnAmount(database.sql, '6.66', '22003');
    await send(records(1, 6.66), 'split');
    await expectTrace('split', [
      `POST ${REVENUE_PATH}`,
      '  accept-import',
      '  enqueue save-revenue-chunk',
      '    process save-revenue-chunk',
      '      save-revenue-chunk failed',
      '      limit-idle-time',
      '      take-turn',
      '      save-revenue-chunk failed',
      '      split-chunk',
      '      enqueue save-revenue-chunk',
      '        process save-revenue-chunk',
      '          save-revenue-chunk failed',
      '          limit-idle-time',
      '          take-turn',
      '          save-revenue-chunk failed',
      '          split-chunk',
      '          reject-record',
      '          save-revenue-chunk',
      '      save-revenue-chunk',
    ]);
    const failed = collector.spans.filter((span) => span.failed && span.name === 'save-revenue-chunk');
    expect(failed.map(({ attributes }) => attributes['db.response.status_code'])).toEqual(
      Array.from({ length: 4 }, () => '22003'),
    );
    await database.sql.query('DROP TRIGGER refuse ON revenue_records; DROP FUNCTION refuse');
  });

  test('shows each attempt at a chunk', async () => {
    await failOnAmount(database.sql, '7.77', '40001');
    const answered = send(records(7.77), 'retried');
    await eventually(() => expect(spansOf('retried').filter(({ failed }) => failed)).not.toEqual([]));
    await database.sql.query('DROP TRIGGER refuse ON revenue_records; DROP FUNCTION refuse');
    expect((await answered).json).toMatchObject({ success_count: 1 });

    const attempts = await eventually(() => {
      const made = spansOf('retried').filter(({ kind }) => kind === CONSUMER);
      expect(made.at(-1)).toMatchObject({ failed: false });
      expect(spansOf('retried').map(({ kind }) => kind)).toContain(PRODUCER);
      return made;
    });
    expect(attempts.length).toBeGreaterThan(1);
    expect(attempts.map(({ attributes }) => attributes['trackly.attempt'])).toEqual(attempts.map((_, i) => i + 1));
    expect(attempts.map(({ failed }) => failed)).toEqual(attempts.map((_, i) => i < attempts.length - 1));
    const enqueue = spansOf('retried').find(({ kind }) => kind === PRODUCER);
    expect(attempts.filter(({ parentId }) => parentId !== enqueue?.id)).toEqual([]);
  });

  test('of a chunk that the reconciler has put back begins with its job', async () => {
    const importId = await acceptUnqueued(database, account, { requestId: 'restored' });

    const root = await expectTrace('restored', ['process save-revenue-chunk', '  save-revenue-chunk']);
    expect(root).toMatchObject({ service: 'trackly-worker', parentId: undefined });
    expect(root.attributes).toMatchObject({ 'trackly.import_id': importId, 'trackly.chunk_index': 0 });
  });

  test('holds no record, key, number or query, and none begins without a request or a job', async () => {
    const apiKey = `trk_${'x'.repeat(32)}`;
    await post(processes.url, records(1), { apiKey, path: `${REVENUE_PATH}?key=SECRET` });
    await post(processes.url, '{"records":"SECRET"}', { apiKey: account.apiKey, path: `${REVENUE_PATH}?key=SECRET` });
    await get(`${processes.url}/SECRET`);
    await get(`${processes.url}/healthz`);
    const statuses = () => collector.spans.map(({ attributes }) => attributes['http.response.status_code']);
    await eventually(() => expect(statuses()).toEqual(expect.arrayContaining([400, 401])));
    await processes.terminate();

    expect(collector.spans.length).toBeGreaterThan(30);
    expect(collector.received).not.toMatch(/SECRET|trk_|\+1555|"m0"|"x0"|6\.66|7\.77|refused/);
    const roots = collector.spans.filter(({ parentId }) => parentId === undefined);
    expect(new Set(roots.map(({ name, kind }) => `${kind} ${name}`))).toEqual(
      new Set([`${SERVER} POST ${REVENUE_PATH}`, `${CONSUMER} process save-revenue-chunk`]),
    );
  });
});

test('what has not been sent when a process ends is sent then', async () => {
  await using resources = new AsyncDisposableStack();
  const database = resources.use(await createDatabase());
  const account = await addSmallCatalog(database.sql);
  const collector = resources.use(await startCollector());
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '60000',
    OTEL_SERVICE_NAME: 'named-by-the-standard-variable',
  };
  const servers = { databaseUrl: database.url, queueServer: { databaseUrl: database.url } };
  const processes = resources.use(await startProcesses({ ...servers, env }));
  await post(processes.url, records(1), { apiKey: account.apiKey });
  expect(collector.spans).toEqual([]);
  await processes.terminate();
  await eventually(() =>
    expect(collector.spans.map(({ kind }) => kind)).toEqual(expect.arrayContaining([SERVER, CONSUMER])),
  );
  expect(new Set(collector.spans.map(({ service }) => service))).toEqual(new Set([env.OTEL_SERVICE_NAME]));
});
