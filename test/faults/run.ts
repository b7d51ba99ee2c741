import { rm } from 'node:fs/promises';
import path from 'node:path';

import { createRandom } from '../lab/random.ts';
import { playRun, type Lane, type Run } from '../lab/run.ts';
import { startServers, type QueueBackend, type Servers } from '../lab/servers.ts';
import type { SlownessWatch } from '../lab/slowness.ts';
import { print } from '../lab/terminal.ts';
import { playTurn, type Turn } from '../lab/turn.ts';
import { isInstalled } from '../support/program.ts';
import { makeServerFolder } from '../support/server-folder.ts';
import { readRunOptions, type RunOptions } from './options.ts';
import type { Scenario } from './scenario.ts';
import { openStage, type Stage } from './support/stage.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = readRunOptions(args);
  const parts = await chooseParts(options);
  const turns = {
    together: parts.filter(({ scenario }) => !scenario.runsAlone),
    alone: parts.filter(({ scenario }) => scenario.runsAlone),
  };
  return playRun('faults', turns, async (run) => () => openLane(options, run));
}

async function openLane(options: RunOptions, run: Run): Promise<Lane<Part>> {
  await using opening = new AsyncDisposableStack();
  const files = await makeServerFolder('faults', { inMemory: !options.long });
  opening.defer(() => rm(files, { recursive: true, force: true }));
  const servers = opening.use(await startServers(files));
  const opened = opening.move();
  return {
    play: (part) => playTurn(turnOf(part, options, servers, run), run.interrupted),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** A scenario with the queue in one place. */
interface Part {
  scenario: Scenario;
  queue: QueueBackend;
}

async function chooseParts({ scenarios: chosen, queues }: RunOptions): Promise<Part[]> {
  const hasRedis = await isInstalled('redis-server');
  if (!hasRedis && queues.includes('redis')) print('redis-server is not on the PATH: scenarios on Redis are left out.');
  const available = queues.filter((queue) => queue === 'postgres' || hasRedis);
  return chosen.flatMap((scenario) =>
    available.filter((queue) => scenario.queues?.includes(queue) ?? true).map((queue) => ({ scenario, queue })),
  );
}

function turnOf(
  { scenario, queue }: Part,
  { seed, long, oldVersion }: RunOptions,
  servers: Servers,
  run: Run,
): Turn<Stage> {
  const { name, bound } = scenario;
  const folder = path.join(run.folder, `${name}-${queue}`);
  const random = createRandom(`${seed}/${name}/${queue}`);
  return {
    name: `${name}/${queue}`,
    title: `${name}, queue in ${queue === 'redis' ? 'Redis' : 'PostgreSQL'}, ${long ? 'long' : 'short'}, seed ${seed}`,
    bound,
    folder,
    serverLogs: [servers.postgres.logFile],
    open: async (log) =>
      openStage({
        servers,
        queue,
        long,
        oldVersion,
        folder,
        name: `${name.replaceAll('-', '_')}_${queue}`,
        random,
        log,
        slowness: await slownessOf(scenario, run.watch),
      }),
    run: (stage) => scenario.run(stage),
  };
}

/** Of a scenario that runs alone it is what the machine does besides; else it is all that goes on meanwhile. */
async function slownessOf({ runsAlone }: Scenario, watch: SlownessWatch): Promise<() => number> {
  if (runsAlone) {
    const before = await watch.now();
    return () => before;
  }
  const startedAt = performance.now();
  return () => watch.since(startedAt);
}
