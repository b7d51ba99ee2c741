import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';

import { checkInvariants } from '../../lab/invariants.ts';
import { countOpenChunks } from '../../lab/ledger.ts';
import { startLoad } from '../../lab/load.ts';
import { OUR_VERSION } from '../../lab/server-process.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { replaceUnderLoad, type Start } from '../support/replace.ts';
import type { Stage } from '../support/stage.ts';

const run = promisify(execFile);

/** What a careful client sees while no API runs, and until a new one has looked at its servers. */
const WHILE_STOPPED = new Set(['200', '202', '503', 'lost']);

/** Another version is upgraded to this one under load, in the way that docs/operations.md describes. */
export const upgrade: Scenario = {
  name: 'upgrade',
  bound:
    'drift 0; with the same migrations: no request fails, old and new versions side by side, upgraded and rolled back; ' +
    'with a new migration: stopped, migrated and started again, nothing is lost, and an old process does not start',
  needsOldVersion: true,
  runsAlone: true,

  async run(stage) {
    const old = stage.oldVersion ?? OUR_VERSION;
    const isSame = isDeepStrictEqual(await migrationsOf(old), await migrationsOf(OUR_VERSION));
    return isSame ? replaceOneByOne(stage, old) : stopMigrateStart(stage, old);
  },
};

async function migrationsOf(version: string): Promise<string[]> {
  return (await readdir(path.join(version, 'prisma/migrations'))).toSorted();
}

/** In between, old and new APIs give work to old and new workers. */
async function replaceOneByOne(stage: Stage, old: string): Promise<Figures> {
  const generation = (version: string): Start[] => {
    const startApi = () => stage.startApi({}, version);
    const startWorker = () => stage.startWorker({}, version);
    return [startWorker, startApi, startWorker, startApi];
  };
  return replaceUnderLoad(stage, [generation(old), generation(OUR_VERSION), generation(old)]);
}

async function stopMigrateStart(stage: Stage, old: string): Promise<Figures> {
  await stage.sql.query('DROP SCHEMA public CASCADE');
  await stage.sql.query('CREATE SCHEMA public');
  await migrate(stage, old);
  const account = await stage.addAccount({ contacts: 500, offers: 20 });
  const start = (version: string) =>
    Promise.all([
      stage.startWorker({}, version),
      stage.startWorker({}, version),
      stage.startApi({}, version),
      stage.startApi({}, version),
    ]);

  const processes = await start(old);
  const load = startLoad(stage, { account, kinds: ['revenue'], clients: 8, recordsPerRequest: [100, 1000] });
  for (let answers = 0; answers < 20; answers += 1) await load.nextAnswer();
  // Workers first, so that chunks are open while the tables change.
  for (const process of processes) await process.terminate();
  const openChunks = await countOpenChunks(stage.sql);
  if (openChunks === 0) throw new Error('No chunk was open: the migration had nothing to carry over.');
  await migrate(stage, OUR_VERSION);
  stage.log(`migrated with ${openChunks} chunks open`);
  const message = await refusalOf(stage, old);

  await start(OUR_VERSION);
  for (let answers = 0; answers < 20; answers += 1) await load.nextAnswer();
  const sent = await load.stop();
  const wrong = Object.keys(load.counters.outcomes).filter((outcome) => !WHILE_STOPPED.has(outcome));
  if (wrong.length > 0) throw new Error(`Some requests failed: ${JSON.stringify(load.counters.outcomes)}`);
  return {
    'open chunks while migrating': openChunks,
    'an old process says': message,
    ...(await checkInvariants(stage, sent)),
  };
}

async function migrate({ databaseUrl }: Stage, version: string): Promise<void> {
  await run(process.execPath, [path.join(version, 'apps/cli/src/main.ts'), 'migrate'], {
    env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl },
  });
}

/** What an old process says that is started on the new tables. */
async function refusalOf({ databaseUrl }: Stage, old: string): Promise<string> {
  const script = path.join(old, 'apps/worker/src/server.ts');
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, WORKER_PORT: '0' };
  const failure: unknown = await run(process.execPath, [script], { env }).catch((error: unknown) => error);
  const text = failure instanceof Error && 'stdout' in failure ? String(failure.stdout) : '';
  const [, message] = /(The database is of a newer version[^"]*)/.exec(text) ?? [];
  if (message === undefined) throw new Error(`An old worker started on the new tables, or ended otherwise: ${text}`);
  return message;
}
