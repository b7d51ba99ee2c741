import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { helpText, readOptions, type RunOptions } from './options.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { createRandom } from './support/random.ts';
import { startServers, type Servers } from './support/servers.ts';
import { openStage, type QueueBackend, type Stage } from './support/stage.ts';
import { onInterruption, playTurn, print, type Turn } from './support/turn.ts';

const interrupted = onInterruption();

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
    const isEvidence = failures > 0 && !interrupted.aborted;
    const gone = isEvidence ? ['postgres', 'redis'].map((name) => path.join(folder, name)) : [folder];
    await Promise.all(gone.map((each) => rm(each, { recursive: true, force: true })));
  });

  const servers = cleanup.use(await startServers(folder));
  const turns = turnsOf(options, servers, logs);
  for (const turn of turns) {
    if (interrupted.aborted) break;
    if (!(await playTurn(turn, interrupted))) failures += 1;
  }
  if (interrupted.aborted) return 130;
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

function turnsOf(options: RunOptions, servers: Servers, logs: string): Turn<Stage>[] {
  const { redis } = servers;
  const { scenarios: chosen, queues } = options;
  if (!redis && queues.includes('redis')) print('redis-server is not on the PATH: scenarios on Redis are left out.');
  const available = queues.filter((queue) => queue === 'postgres' || redis);
  return chosen.flatMap((scenario) =>
    available
      .filter((queue) => scenario.queues?.includes(queue) ?? true)
      .map((queue) => turnOf(scenario, queue, options, servers, logs)),
  );
}

function turnOf(
  scenario: Scenario,
  queue: QueueBackend,
  { seed, long, oldVersion }: RunOptions,
  servers: Servers,
  logs: string,
): Turn<Stage> {
  const { name, bound } = scenario;
  const folder = path.join(logs, `${name}-${queue}`);
  const random = createRandom(`${seed}/${name}/${queue}`);
  return {
    title: `${name}, queue in ${queue === 'redis' ? 'Redis' : 'PostgreSQL'}, ${long ? 'long' : 'short'}, seed ${seed}`,
    bound,
    folder,
    serverLogs: [servers.postgres.logFile],
    open: (log) =>
      openStage({
        servers,
        queue,
        long,
        oldVersion,
        folder,
        name: `${name.replaceAll('-', '_')}_${queue}`,
        random,
        log,
      }),
    run: (stage) => scenario.run(stage),
  };
}
