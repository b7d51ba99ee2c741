import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { countDrift, migrate, openDatabase } from '@trackly/db';
import { prepareQueueServer } from '@trackly/queue';
import { createHash } from 'node:crypto';
import pg from 'pg';

import { memoryOf } from '../../test/lab/memory.ts';
import { startTrackly } from '../../test/support/trackly.ts';
import type { Bench } from '../contestants/contestant.ts';
import { runPsql } from '../contestants/offline.ts';
import { listNumber, SEND_LISTS, writeSends } from '../data/sends.ts';
import { BENCH_ACCOUNT_ID, BENCH_KEY } from '../data/templates.ts';
import { startProduct } from '../processes.ts';
import type { SendsRound } from '../report/results.ts';

const SCRIPT = fileURLToPath(new URL('../contestants/sends.sql', import.meta.url));
const EVERY_MS = 250;

/** What an import of sends has left behind: the same for both. */
interface Left {
  messages: string;
  contacts: string;
}

/**
 * Has the importer and a database expert's script take turns with the same file of sends, each with an account that has
 * lists and nothing else. The service runs without Redis, as it does by itself.
 */
export async function measureSends(bench: Bench, folder: string, rounds: number): Promise<SendsRound[]> {
  const { sizes, interrupted } = bench;
  const file = path.join(folder, 'sends.csv');
  await writeSends(file, sizes.sends, sizes.contacts);
  const measured: SendsRound[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const script = await inDatabase(bench, (databaseUrl) =>
      runPsql({ databaseUrl, file: SCRIPT, input: file, interrupted }),
    );
    const importer = await inDatabase(bench, (databaseUrl) => runImporter(bench, databaseUrl, file));
    if (script.left.messages !== importer.left.messages || script.left.contacts !== importer.left.contacts) {
      throw new Error('The importer has not left the same messages and contacts behind as the script.');
    }
    const { seconds, mebibytes } = importer.value;
    measured.push({ round, records: sizes.sends, scriptSeconds: script.value, seconds, mebibytes });
  }
  return measured;
}

async function runImporter(bench: Bench, databaseUrl: string, original: string) {
  const { logs, interrupted } = bench;
  // Each round has a journal of its own.
  const file = `${original}.imported.csv`;
  await copyFile(original, file);
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(async () => {
    for (const each of [file, `${file}.journal`]) await rm(each, { force: true });
  });
  const product = cleanup.use(await startProduct({ databaseUrl, workers: 1, logs, interrupted }));
  const env = { TRACKLY_URL: product.url, TRACKLY_API_KEY: BENCH_KEY };

  const startedAt = performance.now();
  const { child, result } = startTrackly(['import', 'sends', file], { env });
  const pids = { importer: child.pid ?? 0, API: product.apiPid, worker: product.workerPids[0] ?? 0 };
  const mebibytes: Record<string, number> = {};
  const sampling = setInterval(() => {
    for (const [name, pid] of Object.entries(pids)) {
      memoryOf(pid).then(
        (now) => (mebibytes[name] = Math.max(mebibytes[name] ?? 0, Math.round(now) || 0)),
        () => undefined,
      );
    }
  }, EVERY_MS);
  const imported = await result.finally(() => clearInterval(sampling));
  const seconds = (performance.now() - startedAt) / 1000;
  if (imported.exitCode !== 0) throw new Error(`The importer has failed: ${imported.stderr}`);

  const verified = await startTrackly(['verify', file], { env }).result;
  if (verified.exitCode !== 0) throw new Error(`The file differs from what was imported: ${verified.stdout}`);
  return { seconds, mebibytes };
}

/** Runs something in a database of its own, and looks at what it has left behind. */
async function inDatabase<T>({ servers }: Bench, run: (databaseUrl: string) => Promise<T>) {
  const name = 'bench_sends';
  await servers.administer(`CREATE DATABASE ${name}`);
  const databaseUrl = servers.databaseUrl(name);
  try {
    await migrate(databaseUrl);
    await prepareQueueServer({ databaseUrl });
    await addAccount(databaseUrl);
    await servers.administer('CHECKPOINT');
    const value = await run(databaseUrl);
    return { value, left: await readLeft(databaseUrl) };
  } finally {
    await servers.administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

async function addAccount(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(`INSERT INTO accounts (id, name) VALUES ($1, 'bench')`, [BENCH_ACCOUNT_ID]);
    await client.query('INSERT INTO api_keys (account_id, key_hash, prefix) VALUES ($1, $2, $3)', [
      BENCH_ACCOUNT_ID,
      createHash('sha256').update(BENCH_KEY).digest(),
      BENCH_KEY.slice(0, 8),
    ]);
    const numbers = Array.from({ length: SEND_LISTS }, (_, list) => listNumber(list + 1));
    await client.query('INSERT INTO sending_lists (account_id, list_number) SELECT $1, unnest($2::text[])', [
      BENCH_ACCOUNT_ID,
      numbers,
    ]);
  });
}

async function readLeft(databaseUrl: string): Promise<Left> {
  const db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'bench' });
  const drift = await countDrift(db, BENCH_ACCOUNT_ID);
  await db.$disconnect();
  if (drift > 0) throw new Error(`The stats of ${drift} contacts are not what their messages say.`);
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<Left>(
      `SELECT
         (
           SELECT count(*) || ' ' || sum(hashtextextended(concat_ws(
             '|', public_id, list.list_number, contact.phone_number, extract(epoch FROM sent_at), length, imported,
             delivered, send_type
           ), 0))
           FROM messages AS message
           JOIN list_contacts AS recipient ON recipient.account_id = $1 AND recipient.id = message.list_contact_id
           JOIN sending_lists AS list ON list.account_id = $1 AND list.id = recipient.sending_list_id
           JOIN contacts AS contact ON contact.account_id = $1 AND contact.id = recipient.contact_id
           WHERE message.account_id = $1
         ) AS messages,
         (
           SELECT count(*) || ' ' || sum(hashtextextended(concat_ws(
             '|', phone_number, signup_method, send_count, extract(epoch FROM last_sent_at)
           ), 0))
           FROM list_contacts AS recipient
           JOIN contacts AS contact ON contact.account_id = $1 AND contact.id = recipient.contact_id
           WHERE recipient.account_id = $1
         ) AS contacts`,
      [BENCH_ACCOUNT_ID],
    );
    return rows[0] ?? { messages: '', contacts: '' };
  });
}

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
