import { createServer, type Server, type Socket } from 'node:net';

import { freePort } from '@trackly/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { addSmallCatalog, type TestAccount } from './support/catalog.ts';
import { startCollector } from './support/collector.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { postRecords } from './support/http.ts';
import { HANGS_AFTER_MS } from './support/limits.ts';
import { startProcesses, type Processes } from './support/processes.ts';

const PROCESSES = ['trackly-api', 'trackly-worker'];
const RECORD = { message_id: 'm0', offer_id: 'o0', revenue: 1 };

/** Tells, on the standard error, which modules a process loads. */
const WATCH_MODULES = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  registerHooks({ load(url, context, next) { writeSync(2, 'loads ' + url + '\\n'); return next(url, context); } });
`)}`;

let cleanup: AsyncDisposableStack;
let database: TestDatabase;
let account: TestAccount;

beforeEach(async () => {
  cleanup = new AsyncDisposableStack();
  database = cleanup.use(await createDatabase());
  account = await addSmallCatalog(database.sql);
});
afterEach(() => cleanup.disposeAsync());

async function start(env: Record<string, string>): Promise<Processes> {
  return cleanup.use(
    await startProcesses({ databaseUrl: database.url, queueServer: { databaseUrl: database.url }, env }),
  );
}

/** The statuses of some requests, one after another. */
async function sendSome(url: string): Promise<Set<number>> {
  const statuses = new Set<number>();
  for (let sent = 0; sent < 10; sent += 1) statuses.add((await postRecords(url, account.apiKey, [RECORD])).status);
  return statuses;
}

test('without an endpoint, nothing is traced, and nothing of the SDK is loaded', async () => {
  const collector = cleanup.use(await startCollector());
  const processes = await start({
    OTEL_EXPORTER_OTLP_ENDPOINT: '',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.url,
    OTEL_TRACES_EXPORTER: 'console',
    NODE_OPTIONS: `--import ${WATCH_MODULES}`,
  });
  expect((await postRecords(processes.url, account.apiKey, [RECORD])).status).toBe(200);
  await processes.terminate();

  expect(collector.received).toBe('');
  const lines = await processes.logs();
  const loaded = lines.flatMap((line) => /^loads .*\/@opentelemetry\/([\w-]+)\//.exec(line)?.[1] ?? []);
  expect(new Set(loaded)).toEqual(new Set(['api']));
  expect(lines.filter((line) => line.includes('"traceId"'))).toEqual([]);
  const { rows } = await database.sql.query<{ opts: object }>('SELECT opts FROM bullmq.job');
  expect(rows).toHaveLength(1);
  expect(Object.keys(rows[0]?.opts ?? {})).not.toContain('tm');
});

describe('a collector that', () => {
  /** Takes connections, and says nothing. */
  async function startSilentServer(): Promise<number> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    cleanup.defer(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  test('does not answer delays no request, and holds up no end', async () => {
    // Whoever waited for this export would be ended by force, with another exit code.
    const processes = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await startSilentServer()}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: String(HANGS_AFTER_MS),
    });
    expect(await sendSome(processes.url)).toEqual(new Set([200]));
    expect((await processes.terminate()).map(({ code }) => code)).toEqual([0, 0]);
  });

  test('is not there delays no request, holds up no end, and does not fill the log', async () => {
    const processes = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: '10',
      OTEL_BSP_SCHEDULE_DELAY: '10',
    });
    const complaintsOf = async (name: string) =>
      (await processes.logs()).filter((line) => line.includes(`"${name}"`) && line.includes('trouble with traces'));
    const startedAt = performance.now();
    expect(await sendSome(processes.url)).toEqual(new Set([200]));
    for (const name of PROCESSES) await expect.poll(() => complaintsOf(name)).not.toEqual([]);
    expect(await sendSome(processes.url)).toEqual(new Set([200]));
    expect((await processes.terminate()).map(({ code }) => code)).toEqual([0, 0]);
    // Once a minute, though each has tried many times.
    const minutes = Math.ceil((performance.now() - startedAt) / 60_000);
    for (const name of PROCESSES) expect((await complaintsOf(name)).length).toBeLessThanOrEqual(minutes);
  });
});
