import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';

import { freePort } from '@trackly/runtime';
import pg from 'pg';

import { INTERRUPTED, onInterruption, print } from '../lab/terminal.ts';
import { until } from '../lab/until.ts';
import { buildImage, hasDocker, openCompose, openDocker } from './docker.ts';
import { expectClearRefusal, expectOnlyWhatRuns, measureImage } from './image.ts';
import { containersOf, expectCleanLogs, expectGoodEnd, expectNoRoot, expectReadOnly } from './inspect.ts';
import { readRunOptions } from './options.ts';
import { expectReadmeAnswer, expectSignIn, makeAccount, runDemo, sendUntilDone } from './use.ts';

const SERVICES = ['api', 'worker', 'ops'];
const WORKERS = 3;
const LONGEST_MS = 600_000;

const interrupted = onInterruption();
const signal = AbortSignal.any([interrupted, AbortSignal.timeout(LONGEST_MS)]);

process.exitCode = await start(process.argv.slice(2));

async function start(args: string[]): Promise<number> {
  const { records } = readRunOptions(args);
  try {
    await main(records);
    return 0;
  } catch (error) {
    print(interrupted.aborted ? 'Interrupted.' : `FAILED: ${inspect(error)}`);
    return interrupted.aborted ? INTERRUPTED : 1;
  }
}

async function main(records: number): Promise<void> {
  if (!(await hasDocker())) {
    print('There is no Docker with compose: the containers are left out.');
    return;
  }
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'trackly-containers-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));

  const project = `trackly-test-${randomBytes(4).toString('hex')}`;
  const password = () => randomBytes(12).toString('hex');
  const [POSTGRES_PASSWORD, PROCESSES_PASSWORD, REDIS_PASSWORD] = [password(), password(), password()];
  const OPS_PASSWORD = password();
  const [PORT, OPS_PORT, POSTGRES_PORT, REDIS_PORT] = await freePorts();
  const secrets = { POSTGRES_PASSWORD, PROCESSES_PASSWORD, REDIS_PASSWORD, OPS_PASSWORD };
  const env = { TRACKLY_IMAGE: project, ...secrets, PORT, OPS_PORT, POSTGRES_PORT, REDIS_PORT };
  const docker = openDocker(env, signal);
  const compose = openCompose(docker, project);
  const url = `http://127.0.0.1:${PORT}`;
  const databaseUrl = `postgresql://trackly:${POSTGRES_PASSWORD}@127.0.0.1:${POSTGRES_PORT}/trackly`;

  cleanup.defer(async () => void (await openDocker(env)(['image', 'rm', '--force', project])));
  await step('building the image', () => buildImage(docker, project));
  print(`  ${await measureImage(docker, project)}`);
  await step('it holds what runs, and no more', () => expectOnlyWhatRuns(docker, project));
  await step('without DATABASE_URL it says what to set', () => expectClearRefusal(docker, project));

  cleanup.defer(async () => {
    await openCompose(openDocker(env), project)(['down', '--volumes', '--timeout', '5']);
  });
  const up = ['up', '--detach', '--wait', '--no-build', '--scale', `worker=${WORKERS}`];
  await step('docker compose up, with three workers', () => compose(up));

  const apiKey = await step('an account and its list', () => makeAccount(compose, 'acme'));
  await step("the README's curl", () => expectReadmeAnswer(url, apiKey));
  await step('the ops console lets in who has its password', () =>
    expectSignIn(`http://127.0.0.1:${OPS_PORT}`, OPS_PASSWORD),
  );

  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  cleanup.defer(() => sql.end());
  const savedBy = async (account: string) => {
    const ofAccount = 'account_id IN (SELECT id FROM accounts WHERE name LIKE $1)';
    const text = `SELECT count(*)::integer AS saved FROM revenue_records WHERE ${ofAccount}`;
    return (await sql.query<{ saved: number }>(text, [account])).rows[0]?.saved ?? 0;
  };
  const demo = await step(`npm run demo, ${records.toLocaleString('en')} records; meanwhile`, async () => {
    const over = new AbortController();
    const untilSaved = async (share: number) =>
      until(async () => (await savedBy('demo %')) >= records * share, {
        timeoutMs: LONGEST_MS,
        what: `${share} of the demo's records were saved`,
        signal: AbortSignal.any([signal, over.signal]),
      });
    const makeTrouble = async () => {
      await untilSaved(0.1);
      const [worker = ''] = await containersOf(compose, 'worker');
      await step('  one worker is killed', () => docker(['kill', worker]));
      await untilSaved(0.4);
      await step('  all workers are killed', () => compose(['kill', 'worker']));
      await step('  three workers are started', () => compose(up));
    };
    const playing = runDemo({ url, databaseUrl, folder, records, signal }).finally(() => over.abort());
    const [played, trouble] = await Promise.allSettled([playing, makeTrouble()]);
    if (played.status === 'rejected') throw played.reason;
    if (trouble.status === 'rejected') throw trouble.reason;
    return played.value;
  });
  print(demo.slice(demo.indexOf('records  '), demo.indexOf('The files are')).trimEnd().replaceAll(/^/gm, '  '));

  await step('a new API container, under load', async () => {
    const before = await savedBy('acme');
    const done = new AbortController();
    const loads = Array.from({ length: 4 }, () => sendUntilDone({ url, apiKey, done: done.signal, signal }));
    await compose(['up', '--detach', '--wait', '--no-deps', '--no-build', '--force-recreate', 'api']);
    done.abort();
    const [sent, again] = (await Promise.all(loads)).reduce(([a, b], load) => [a + load.sent, b + load.again], [0, 0]);
    assert.equal((await savedBy('acme')) - before, sent);
    print(`  ${sent} requests, of which some were sent again: ${again} times in all; each counted once`);
  });

  const running = await containersOf(compose, ...SERVICES, 'postgres', 'redis');
  const processes = await step('no process is root', () => expectNoRoot(docker, running));
  print(`  ${processes} processes in ${running.length} containers`);
  await step('nothing can be written', () => expectReadOnly(compose, SERVICES));
  await step('all end well when they are told to', () => expectGoodEnd(docker, compose, SERVICES));
  const logs = await containersOf(compose, ...SERVICES);
  const lines = await step('logs are JSON, without secrets', () =>
    expectCleanLogs(logs, [...Object.values(secrets), apiKey]),
  );
  print(`  ${lines.toLocaleString('en')} lines`);
  print('all ok');
}

async function freePorts(): Promise<[string, string, string, string]> {
  const port = async () => String(await freePort());
  return [await port(), await port(), await port(), await port()];
}

async function step<T>(what: string, act: () => Promise<T>): Promise<T> {
  print(`▸ ${what}`);
  const startedAt = performance.now();
  const result = await act();
  print(`  ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return result;
}
