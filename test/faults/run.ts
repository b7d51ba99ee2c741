import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

import { helpText, readOptions, type RunOptions } from './options.ts';
import type { Figures, Scenario } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { lastLines } from './support/logs.ts';
import { createRandom } from './support/random.ts';
import { startServers, type Servers } from './support/servers.ts';
import { openStage, type QueueBackend, type Stage } from './support/stage.ts';

const LISTED_LOG_LINES = 30;
const LETTING_GO_MS = 20_000;

/** Aborted by Ctrl-C; what runs then ends as if it had failed, so that everything is cleaned up. */
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => interrupted.abort(new Error(`Interrupted by ${signal}.`)));
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = readOrComplain(args);
  if (typeof options === 'number') return options;
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'trackly-faults-'));
  const logs = path.join(folder, 'logs');
  await mkdir(logs);
  let failures = 0;
  // The logs of a run that failed are all that is left of it.
  cleanup.defer(async () => {
    const isEvidence = failures > 0 && !interrupted.signal.aborted;
    const gone = isEvidence ? ['postgres', 'redis'].map((name) => path.join(folder, name)) : [folder];
    await Promise.all(gone.map((each) => rm(each, { recursive: true, force: true })));
  });

  const servers = cleanup.use(await startServers(folder));
  const turns = turnsOf(options, servers);
  for (const turn of turns) {
    if (interrupted.signal.aborted) break;
    if (!(await runScenario(turn, servers, options, logs))) failures += 1;
  }
  if (interrupted.signal.aborted) return 130;
  print(failures === 0 ? `all ${turns.length} ok` : `${failures} of ${turns.length} FAILED; logs are in ${logs}`);
  return failures === 0 ? 0 : 1;
}

function readOrComplain(args: string[]): RunOptions | number {
  try {
    const options = readOptions(args, scenarios);
    if (options) return options;
    process.stdout.write(helpText(scenarios));
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

interface Turn {
  scenario: Scenario;
  queue: QueueBackend;
}

function turnsOf({ scenarios: chosen, queues }: RunOptions, { redis }: Servers): Turn[] {
  if (!redis && queues.includes('redis')) print('redis-server is not on the PATH: scenarios on Redis are left out.');
  const available = queues.filter((queue) => queue === 'postgres' || redis);
  return chosen.flatMap((scenario) =>
    available.filter((queue) => scenario.queues?.includes(queue) ?? true).map((queue) => ({ scenario, queue })),
  );
}

/** @returns whether everything held */
async function runScenario(
  { scenario, queue }: Turn,
  servers: Servers,
  { seed, long }: RunOptions,
  logs: string,
): Promise<boolean> {
  const { name, bound } = scenario;
  print(`▸ ${name}, queue in ${queue === 'redis' ? 'Redis' : 'PostgreSQL'}, ${long ? 'long' : 'short'}, seed ${seed}`);
  print(`  bound: ${bound}`);
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const folder = path.join(logs, `${name}-${queue}`);
  await mkdir(folder);

  const play = async () => {
    await using stage = await openStage({
      servers,
      queue,
      long,
      folder,
      name: `${name.replaceAll('-', '_')}_${queue}`,
      random: createRandom(`${seed}/${name}/${queue}`),
      log: (text) => print(`  ${seconds().padStart(6)} s  ${text}`),
    });
    return await runUntilFailed(scenario, stage);
  };

  try {
    const figures = await play();
    for (const [figure, value] of Object.entries(figures)) print(`    ${figure.padEnd(28)} ${value}`);
    print(`  ok after ${seconds()} s\n`);
    return true;
  } catch (error) {
    if (interrupted.signal.aborted) return false;
    print(`  FAILED after ${seconds()} s: ${inspect(error)}`);
    const processLogs = (await readdir(folder)).toSorted().map((file) => path.join(folder, file));
    for (const logFile of [...processLogs, servers.postgres.logFile]) {
      print(`  the end of ${logFile}:`);
      for (const line of await lastLines(logFile, LISTED_LOG_LINES)) print(`    ${line}`);
    }
    print('');
    return false;
  }
}

/** @throws as soon as the stage says that it has failed, or we are interrupted, whatever the scenario is waiting for */
async function runUntilFailed(scenario: Scenario, stage: Stage): Promise<Figures> {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const fail = () => stage.fail(new Error('The run was interrupted.', { cause: interrupted.signal.reason }));
  stage.signal.addEventListener('abort', () => reject(stage.signal.reason));
  interrupted.signal.addEventListener('abort', fail);
  if (interrupted.signal.aborted) fail();
  const running = scenario.run(stage);
  try {
    return await Promise.race([running, failed]);
  } finally {
    interrupted.signal.removeEventListener('abort', fail);
    // Whatever it waits for has failed, too; a server that it is just restarting should not meet the next scenario.
    await Promise.race([running.catch(() => undefined), delay(LETTING_GO_MS, undefined, { ref: false })]);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
