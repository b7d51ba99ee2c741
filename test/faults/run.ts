import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createRandom } from '../lab/random.ts';
import { watchSlowness, type SlownessWatch } from '../lab/slowness.ts';
import { onInterruption, playInLanes, playTurn, print, type Lane, type Turn } from '../lab/turn.ts';
import { isInstalled } from '../support/program.ts';
import { makeServerFolder } from '../support/server-folder.ts';
import { helpText, readOptions, type RunOptions } from './options.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { startServers, type Servers } from './support/servers.ts';
import { openStage, type QueueBackend, type Stage } from './support/stage.ts';

const interrupted = onInterruption();

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = readOrComplain(args);
  if (typeof options === 'number') return options;
  await using cleanup = new AsyncDisposableStack();
  const logs = await mkdtemp(path.join(tmpdir(), 'trackly-faults-'));
  let failures = 0;
  // The logs of a run that failed are all that is left of it.
  cleanup.defer(async () => {
    const isEvidence = failures > 0 && !interrupted.aborted;
    if (!isEvidence) await rm(logs, { recursive: true, force: true });
  });

  const parts = await chooseParts(options);
  const watch = cleanup.use(await watchSlowness());
  print(`This machine is ${(await watch.now()).toFixed(1)} times as slow as two idle cores.`);
  const openLane = async (): Promise<Lane<Part>> => {
    await using opening = new AsyncDisposableStack();
    const files = await makeServerFolder('faults', { inMemory: !options.long });
    opening.defer(() => rm(files, { recursive: true, force: true }));
    const servers = opening.use(await startServers(files));
    const opened = opening.move();
    return {
      play: (part) => playTurn(turnOf(part, options, { servers, watch, logs }), interrupted),
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    };
  };
  const turns = {
    together: parts.filter(({ scenario }) => !scenario.runsAlone),
    alone: parts.filter(({ scenario }) => scenario.runsAlone),
  };
  await playInLanes(turns, openLane, { interrupted, onFailure: () => (failures += 1) });
  if (interrupted.aborted) return 130;
  print(failures === 0 ? `all ${parts.length} ok` : `${failures} of ${parts.length} FAILED; logs are in ${logs}`);
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
  { servers, watch, logs }: { servers: Servers; watch: SlownessWatch; logs: string },
): Turn<Stage> {
  const { name, bound } = scenario;
  const folder = path.join(logs, `${name}-${queue}`);
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
        slowness: await slownessOf(scenario, watch),
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
