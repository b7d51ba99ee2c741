import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startPostgres } from '../lab/postgres.ts';
import { watchSlowness, type SlownessWatch } from '../lab/slowness.ts';
import { onInterruption, playInLanes, playTurn, print, type Lane } from '../lab/turn.ts';
import { isInstalled } from '../support/program.ts';
import { helpText, listText, readOptions, type RunOptions } from './options.ts';
import { BOUND, openStage, play } from './play.ts';
import { topologies } from './topologies/index.ts';
import type { StartOptions, Topology } from './topology.ts';

const interrupted = onInterruption();

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = readOrComplain(args);
  if (typeof options === 'number') return options;
  const available = await leaveOutMissing(options.topologies);
  const leftOut = options.topologies.length - available.length;

  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'trackly-topologies-'));
  // Servers that do not run as root find their files in here.
  await chmod(folder, 0o711);
  let failures = 0;
  // The logs of a run that failed are all that is left of it.
  cleanup.defer(async () => {
    const isEvidence = failures > 0 && !interrupted.aborted;
    if (!isEvidence) await rm(folder, { recursive: true, force: true });
  });

  const postgres = cleanup.use(await startPostgres(folder));
  const watch = cleanup.use(await watchSlowness());
  // All lanes share the one server, which no topology kills.
  const lane: Lane<Topology> = {
    play: (topology) => runTopology(topology, watch, { folder, postgres, signal: interrupted }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  const turns = { together: available, alone: [] };
  await playInLanes(turns, async () => lane, { interrupted, onFailure: () => (failures += 1) });
  if (interrupted.aborted) return 130;
  print(
    failures === 0 ? `all ${available.length} ok` : `${failures} of ${available.length} FAILED; logs are in ${folder}`,
  );
  if (leftOut > 0) print(`${leftOut} left out: see above`);
  return failures === 0 ? 0 : 1;
}

function readOrComplain(args: string[]): RunOptions | number {
  try {
    const options = readOptions(args, topologies);
    if (typeof options === 'object') return options;
    process.stdout.write(options === 'list' ? listText(topologies) : helpText(topologies));
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function leaveOutMissing(chosen: readonly Topology[]): Promise<Topology[]> {
  const available: Topology[] = [];
  for (const topology of chosen) {
    const installed = await Promise.all(topology.programs.map((program) => isInstalled(program)));
    const missing = topology.programs.filter((_, index) => !installed[index]);
    if (missing.length === 0) available.push(topology);
    else print(`${topology.name} is LEFT OUT: ${missing.join(' and ')} cannot be found on this machine.`);
  }
  return available;
}

/** @returns whether everything held */
async function runTopology(
  topology: Topology,
  watch: SlownessWatch,
  { folder, postgres, signal }: Omit<StartOptions, 'cleanup'>,
): Promise<boolean> {
  const { name, about } = topology;
  await using cleanup = new AsyncDisposableStack();
  const ownFolder = path.join(folder, name);
  const logs = path.join(ownFolder, 'logs');
  await mkdir(logs, { recursive: true });
  return await playTurn(
    {
      name,
      title: `${name}: ${about}`,
      bound: BOUND,
      folder: logs,
      serverLogs: [postgres.logFile],
      async open(log) {
        const site = await topology.start({ folder: ownFolder, postgres, cleanup, signal });
        log('its servers run');
        const startedAt = performance.now();
        return openStage(site, { folder: logs, log, slowness: () => watch.since(startedAt) });
      },
      run: play,
    },
    signal,
  );
}
