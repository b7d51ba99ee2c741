import { rm } from 'node:fs/promises';
import path from 'node:path';
import { inspect } from 'node:util';

import { createRandom } from '../lab/random.ts';
import { playRun, type Run } from '../lab/run.ts';
import { startServers, type Servers } from '../lab/servers.ts';
import { print } from '../lab/terminal.ts';
import { playTurn, type Turn } from '../lab/turn.ts';
import { isInstalled } from '../support/program.ts';
import { makeServerFolder } from '../support/server-folder.ts';
import { readRunOptions, type Part } from './options.ts';
import { BOUND, type Outcome } from './support/judge.ts';
import { play } from './support/play.ts';
import { openStage, type Stage } from './support/stage.ts';
import { tableOf, type Result } from './support/table.ts';

type Options = ReturnType<typeof readRunOptions>;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = readRunOptions(args);
  const hasRedis = await isInstalled('redis-server');
  const parts = options.parts.filter(({ queue }) => queue === 'postgres' || hasRedis);
  if (parts.length < options.parts.length) print('redis-server is not on the PATH: scenarios on Redis are left out.');
  const results: Result[] = [];
  // Each measures how long something takes: none may run beside another.
  const exitCode = await playRun('abuse', { together: [], alone: parts }, async (run) => {
    const files = await makeServerFolder('abuse', { inMemory: !options.long });
    run.cleanup.defer(() => rm(files, { recursive: true, force: true }));
    const servers = run.cleanup.use(await startServers(files));
    return async () => ({
      play: (part) => playTurn(turnOf(part, options, servers, run, results), run.interrupted),
      [Symbol.asyncDispose]: async () => undefined,
    });
  });
  if (results.length > 0) print(`\n${tableOf(results)}`);
  return exitCode;
}

function turnOf(
  { scenario, queue }: Part,
  { seed, long, times, sameAddress }: Options,
  servers: Servers,
  run: Run,
  results: Result[],
): Turn<Stage> {
  const { name, attack, bound } = scenario;
  const folder = path.join(run.folder, `${name}-${queue}`);
  return {
    name: `${name}/${queue}`,
    title:
      `${name}, queue in ${queue === 'redis' ? 'Redis' : 'PostgreSQL'}, ${long ? 'long' : 'short'}, ` +
      `${times === 1 ? '' : `${times} times as large, `}seed ${seed}: ${attack}`,
    bound: [BOUND, ...(bound ? [bound] : [])].join('; '),
    folder,
    serverLogs: [servers.postgres.logFile],
    async open(log) {
      const slowness = await run.watch.now();
      return openStage({
        servers,
        queue,
        name: `${name.replaceAll('-', '_')}_${queue}`,
        long,
        times,
        attackersAddress: sameAddress ? '127.0.0.1' : '127.0.0.2',
        seed,
        random: createRandom(`${seed}/${name}/${queue}`),
        log,
        slowness: () => slowness,
        folder,
      });
    },
    async run(stage) {
      const { figures, violations } = await play(scenario, stage).catch(notPlayed);
      results.push({ name: `${name}/${queue}`, figures, isOk: violations.length === 0 });
      if (violations.length === 0) return figures;
      const listed = violations.map((violation) => `\n  - ${violation}`).join('');
      throw new Error(`These do not hold:${listed}\n${JSON.stringify(figures, undefined, 2)}`);
    },
  };
}

/** Of a scenario that could not be played to its end. */
function notPlayed(error: unknown): Outcome {
  return { figures: {}, violations: [inspect(error)] };
}
