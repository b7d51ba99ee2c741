import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';

import { startPostgres, type PostgresServer } from '../lab/postgres.ts';
import { playRun, type Run } from '../lab/run.ts';
import { print } from '../lab/terminal.ts';
import { playTurn } from '../lab/turn.ts';
import { isInstalled } from '../support/program.ts';
import { describeTopologies, readRunOptions } from './options.ts';
import { BOUND, openStage, play } from './play.ts';
import type { Topology } from './topology.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const { topologies, list } = readRunOptions(args);
  if (list) {
    print(describeTopologies());
    return 0;
  }
  const available = await leaveOutMissing(topologies);
  const exitCode = await playRun('topologies', { together: available, alone: [] }, async (run) => {
    // Servers that do not run as root find their files in here.
    await chmod(run.folder, 0o711);
    // All lanes share the one server, which no topology kills.
    const postgres = run.cleanup.use(await startPostgres(run.folder));
    return async () => ({
      play: (topology) => runTopology(topology, postgres, run),
      [Symbol.asyncDispose]: async () => undefined,
    });
  });
  const leftOut = topologies.length - available.length;
  if (leftOut > 0) print(`${leftOut} left out: see above`);
  return exitCode;
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

/** @returns its name and the error, on a line; undefined when everything held */
async function runTopology(
  topology: Topology,
  postgres: PostgresServer,
  { folder, watch, interrupted: signal }: Run,
): Promise<string | undefined> {
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
