import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { reportDimensions } from '@trackly/contract';
import { migrate } from '@trackly/db';
import { prepareQueueServer } from '@trackly/queue';
import { attachEmbeddedServer } from '@trackly/runtime';
import pg from 'pg';

import { option, readOptions, wholeNumber } from '../test/lab/options.ts';
import { onInterruption, print } from '../test/lab/terminal.ts';
import { addCatalog } from './data/catalog.ts';
import { addHistoryInOrder, FIRST_DAY, LAST_DAY } from './data/ordered.ts';
import { FULL } from './data/sizes.ts';
import { BENCH_KEY } from './data/templates.ts';
import { compareIndexes } from './probes/index-cost.ts';
import { startProduct } from './processes.ts';
import { formatNumber } from './report/format.ts';
import { quantile } from './report/statistics.ts';
import { markdownTable } from './report/table.ts';

/** The times that are asked for: the more, the less an index helps. */
const SPANS = {
  everything: {},
  'a year': { from: '2022-01-01', to: '2023-01-01' },
  'a month': { month: '2024-03' },
  'a day': { day: '2024-03-05' },
};

await run(process.argv.slice(2));

async function run(args: string[]): Promise<void> {
  const { rows, requests, data } = readOptions(args, {
    command: 'npm run bench:reports --',
    about: `Measures how long GET /api/v2/reports/revenue takes for one account, for each
dimension and several time spans, and what each index costs when a record is
saved. Prints two Markdown tables. With ten million rows, takes 15 minutes.`,
    options: {
      rows: option('n', 'number of revenue rows of the account', wholeNumber(), 10_000_000),
      requests: option('n', 'number of requests for each dimension and time span', wholeNumber(), 20),
      data: option(
        'dir',
        'directory of the database, which the next run uses again (default: a temporary one)',
        (dir) => path.resolve(dir),
      ),
    },
  });
  await using cleanup = new AsyncDisposableStack();
  const folder = data ?? (await mkdtemp(path.join(tmpdir(), 'trackly-bench-')));
  if (!data) cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  const logs = path.join(folder, 'logs');
  await mkdir(logs, { recursive: true });
  // PostgreSQL does not run as root: its user must get to the files.
  await chmod(folder, 0o755);
  const server = await attachEmbeddedServer({ dataDir: folder });
  cleanup.defer(() => server.close());
  await prepare(server.url, rows);

  print('comparing what indexes cost');
  const costs = await compareIndexes(server.url);
  print(
    `\n${markdownTable(['index on revenue_records', 'ms for 1,000 rows', 'against none', 'bytes a row'], costs)}\n`,
  );

  const interrupted = onInterruption();
  const product = cleanup.use(await startProduct({ databaseUrl: server.url, workers: 0, logs, interrupted }));
  const cells: string[][] = [];
  for (const by of reportDimensions) {
    const times: string[] = [];
    for (const span of Object.values(SPANS)) times.push(await measure(product.url, { by, ...span }, requests));
    cells.push([by, ...times]);
    print(`${by}: ${times.join(', ')}`);
  }
  print(`\n${markdownTable(['by', ...Object.keys(SPANS)], cells)}`);
}

/** Unless an earlier run has left it behind. */
async function prepare(url: string, rows: number): Promise<void> {
  await migrate(url);
  await prepareQueueServer({ databaseUrl: url });
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM accounts');
    if (rowCount) return;
    print(`adding ${formatNumber(rows)} rows from ${FIRST_DAY} to ${LAST_DAY}`);
    await addCatalog(client, { id: 1, name: 'bench', apiKey: BENCH_KEY, ...FULL }, 'lifelike');
    await addHistoryInOrder(client, FULL, rows);
    await client.query('VACUUM (FREEZE, ANALYZE)');
  } finally {
    await client.end();
  }
}

/** Milliseconds of requests, one after another, as text: median and 95 %. */
async function measure(url: string, parameters: Record<string, string>, requests: number): Promise<string> {
  const address = `${url}/api/v2/reports/revenue?${new URLSearchParams(parameters).toString()}`;
  const times: number[] = [];
  for (let request = 0; request < requests; request += 1) {
    const startedAt = performance.now();
    const response = await fetch(address, { headers: { 'x-api-key': BENCH_KEY } });
    const body = await response.text();
    times.push(performance.now() - startedAt);
    if (!response.ok) throw new Error(`${address} was answered with ${response.status}: ${body}`);
  }
  return `${formatNumber(quantile(times, 0.5))} (${formatNumber(quantile(times, 0.95))})`;
}
