import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { INTERRUPTED, onInterruption, print } from '../test/lab/terminal.ts';
import { isInstalled } from '../test/support/program.ts';
import { writeHistory } from './data/history.ts';
import { FULL, QUICK } from './data/sizes.ts';
import { openTemplates, WARM_UP_CATALOG } from './data/templates.ts';
import { describeCommit, describeMachine } from './machine.ts';
import { readBenchOptions, type BenchOptions } from './options.ts';
import { loneRequestsNeeded } from './probes/lone.ts';
import { drawContestants } from './report/chart.ts';
import { disturbance } from './report/disturbance.ts';
import { describeResults } from './report/document.ts';
import { parseResults, type Results } from './report/results.ts';
import { figuresTable } from './report/table.ts';
import { startServers } from './servers.ts';
import { measure } from './session.ts';

const SAVED_DIGITS = 7;

const interrupted = onInterruption();

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = readBenchOptions(args);
  try {
    const json = options.from ? await readFile(options.from, 'utf8') : toJson(await runBench(options));
    const results = parseResults(json);
    await save(json, results, options.out);
    print(['', figuresTable(results), ...disturbance(results), `Saved in ${options.out}.`].join('\n\n'));
    return 0;
  } catch (error) {
    if (interrupted.aborted) return INTERRUPTED;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function runBench(options: BenchOptions): Promise<Results> {
  if (process.platform !== 'linux') throw new Error('It reads what processes use from /proc: it needs Linux.');
  const needsPsql = options.figures.some(
    ({ contestants, probes }) => contestants.some((name) => name.startsWith('offline')) || probes.includes('sends'),
  );
  if (needsPsql && !(await isInstalled('psql'))) {
    throw new Error('There is no psql on the PATH: install the PostgreSQL client, or name other figures with --only.');
  }
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'trackly-bench-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  const logs = path.join(folder, 'logs');
  await mkdir(logs);
  const startedAt = performance.now();
  try {
    const results = await runIn(folder, logs, options);
    return { ...results, seconds: (performance.now() - startedAt) / 1000 };
  } catch (error) {
    if (!interrupted.aborted) await keepLogs(logs);
    throw error;
  }
}

async function runIn(folder: string, logs: string, options: BenchOptions): Promise<Omit<Results, 'seconds'>> {
  const { quick, figures, connections } = options;
  const sizes = quick ? QUICK : FULL;
  await using servers = await startServers(folder);
  print('writing the history');
  const history = await writeHistory(folder, 'history', sizes.records, sizes);
  const warmUp = await writeHistory(folder, 'warm-up', sizes.warmUpRecords, WARM_UP_CATALOG);
  const singles = await writeHistory(folder, 'singles', loneRequestsNeeded(sizes.loneRequests), sizes, 1);

  const measured = await measure({
    folder,
    bench: { sizes, servers, history, warmUp, connections, logs, interrupted },
    templates: openTemplates({ servers, sizes, interrupted, print }),
    singles,
    names: new Set(figures.flatMap(({ contestants }) => contestants)),
    probes: new Set(figures.flatMap(({ probes }) => probes)),
    rounds: options.rounds ?? sizes.rounds,
    print,
  });
  return {
    date: new Date().toISOString(),
    commit: await describeCommit(),
    quick,
    sizes: { ...sizes },
    connections,
    machine: describeMachine(servers),
    ...measured,
  };
}

/** What API and workers have logged is all that is left of a run that has failed. */
async function keepLogs(logs: string): Promise<void> {
  const kept = await mkdtemp(path.join(tmpdir(), 'trackly-bench-logs-'));
  await cp(logs, kept, { recursive: true });
  process.stderr.write(`The logs of API and workers are in ${kept}.\n`);
}

async function save(json: string, results: Results, out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  await writeFile(path.join(out, 'results.json'), json);
  await writeFile(path.join(out, 'results.md'), describeResults(results));
  await writeFile(path.join(out, 'contestants.svg'), drawContestants(results));
}

/** With the digits that mean something. */
function toJson(results: Results): string {
  const shorten = (_key: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(SAVED_DIGITS)) : value;
  return `${JSON.stringify(results, shorten)}\n`;
}
