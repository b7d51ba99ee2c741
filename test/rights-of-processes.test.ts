import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { schemaOf } from '@trackly/queue';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { readinessOf, untilReady, untilTakingJobs } from './lab/readiness.ts';
import { startServerProcess, type App, type ServerProcess } from './lab/server-process.ts';
import { failOnAmount } from './support/unsavable.ts';
import { createBareRole, giveWhatIsMissing, type BareRole } from './support/bare-role.ts';
import { addSmallCatalog, type TestAccount } from './support/catalog.ts';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { eventually } from './support/eventually.ts';
import { get, importIdOf, post, REVENUE_PATH, undoImport } from './support/http.ts';
import { HANGS_AFTER_MS } from './support/limits.ts';
import { scrape } from './support/metrics.ts';
import { describeOnEachQueue } from './support/queues.ts';

const apps = ['api', 'worker', 'ops'] as const satisfies App[];
const UNSAVABLE = '7777';
const FINGERPRINT = 'AAECAwQFBgcICQoLDA0ODw';

describeOnEachQueue('processes whose role has the rights that they check', (createQueue) => {
  const cleanup = new AsyncDisposableStack();
  let database: TestDatabase;
  let role: BareRole;
  let account: TestAccount;
  let queueSchema: string | undefined;
  let folder: string;
  let settings: Record<string, string>;
  const processes: { app: App; url: string; process: ServerProcess }[] = [];

  function start(app: App, name: string = app): ServerProcess {
    const env = { ...settings, SYNC_WAIT_MS: String(HANGS_AFTER_MS) };
    return cleanup.use(startServerProcess({ name, app, logFile: path.join(folder, `${name}.log`), env }));
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'trackly-rights-'));
    cleanup.defer(() => rm(folder, { recursive: true, force: true }));
    database = cleanup.use(await createDatabase());
    role = cleanup.use(await createBareRole(database));
    const { server } = cleanup.use(createQueue(database));
    queueSchema = schemaOf(server);
    await giveWhatIsMissing(role, queueSchema);
    account = await addSmallCatalog(database.sql);
    await failOnAmount(database.sql, UNSAVABLE, '22003');
    const redis = 'redisUrl' in server && { REDIS_URL: server.redisUrl, REDIS_PREFIX: server.redisPrefix };
    settings = { DATABASE_URL: role.url, IMPORT_RETENTION_DAYS: '1', ...redis };

    for (const app of apps) {
      const process = start(app);
      processes.push({ app, process, url: await (app === 'worker' ? statusOf(process) : untilReady(process)) });
    }
  });
  afterAll(() => cleanup.disposeAsync());

  test('import, try, split, undo, report and show, and PostgreSQL refuses them nothing', async () => {
    const [api = { url: '' }, , ops = { url: '' }] = processes;
    const { apiKey } = account;
    const record = (id: string, revenue: number | string = 1) => ({ message_id: id, offer_id: 'o0', revenue });
    const body = JSON.stringify({ records: [record('m0'), record('m1', UNSAVABLE), record('m2'), record('unknown')] });
    const send = (query: string, headers: Record<string, string> = {}) =>
      post(api.url, body, { path: REVENUE_PATH + query, apiKey, headers });
    const expected = { success_count: 2, error_count: 2 };

    const fingerprints = { 'import-name': 'a file', 'import-fingerprints': FINGERPRINT };
    const imported = await send('', { 'idempotency-key': 'one', ...fingerprints });
    expect(imported).toMatchObject({ status: 200, json: expected });
    expect(await send('', { 'import-name': 'another', 'import-fingerprints': FINGERPRINT })).toMatchObject({
      status: 409,
    });
    expect(await send('?dry_run=true')).toMatchObject({ status: 200, json: expected });
    expect(await send('?atomic=true')).toMatchObject({ status: 200, json: { success_count: 0 } });

    const imports = `${api.url}/api/v2/history/imports`;
    expect(await get(`${imports}/${importIdOf(imported)}/errors`, apiKey)).toMatchObject({ status: 200 });
    expect(await get(imports, apiKey)).toMatchObject({ status: 200 });
    for (const by of ['month', 'offer', 'list']) {
      const report = await get(`${api.url}/api/v2/reports/revenue?by=${by}`, apiKey);
      expect(report).toMatchObject({ status: 200 });
    }
    expect(await undoImport(api.url, importIdOf(imported), apiKey)).toMatchObject({ status: 200 });
    for (const page of ['/', `/imports/${importIdOf(imported)}`, '/queues/api/queues']) {
      expect(await get(ops.url + page)).toMatchObject({ status: 200 });
    }
    for (const { process } of processes) expect(await process.logs()).not.toMatch(/42501|permission denied/);
  });

  test('are not ready, and say why, as long as a right is taken from them', async () => {
    const right = queueSchema ? `UPDATE on ${queueSchema}.job` : 'UPDATE on import_chunks';
    await role.take(right);
    for (const { app, url, process } of processes) {
      await eventually(async () => expect([app, await readinessOf(url)]).toEqual([app, 503]));
      // A busy process may have said 503 for another reason before.
      await eventually(async () =>
        expect(await process.logs()).toContain(`The role ${role.name} of DATABASE_URL lacks ${right}: run `),
      );
    }
    const complete = async (url: string) => (await scrape(url)).valueOf('trackly_rights_complete');
    for (const { app, url } of processes) expect([app, await complete(url)]).toEqual([app, 0]);
    await role.give(right);
    for (const { app, url } of processes) {
      await eventually(async () => expect([app, await readinessOf(url)]).toEqual([app, 200]));
      expect([app, await complete(url)]).toEqual([app, 1]);
    }
  });

  test('do not start without one of them, and say which', async () => {
    const right = 'DELETE on leases';
    await role.take(right);
    const starting = apps.map((app) => start(app, `${app} without a right`));
    await Promise.all(starting.map(({ exited }) => exited));
    await role.give(right);
    const line = `The role ${role.name} of DATABASE_URL lacks ${right}: run \\"npm run migrate\\" as the owner`;
    for (const process of starting) {
      expect(process.diedByItself()).toContain(`${process.name} ended by itself, with exit code 1`);
      expect(await process.logs()).toContain(line);
    }
  });
});

/** The URL of a worker's status, once it takes jobs. */
async function statusOf(worker: ServerProcess): Promise<string> {
  await untilTakingJobs(worker);
  const [, url] = /"status":"(http:[^"]+)"/.exec(await worker.logs()) ?? [];
  return url ?? '';
}
