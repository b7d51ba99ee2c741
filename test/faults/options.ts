import { existsSync } from 'node:fs';
import path from 'node:path';

import { InvalidArgumentError } from 'commander';

import { flag, oneOf, option, readOptions, refuseArguments, someOf } from '../lab/options.ts';
import { queueBackends } from '../lab/servers.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';

export type RunOptions = ReturnType<typeof readRunOptions>;

/** @throws InvalidArgumentError when the product is not in the directory */
function versionIn(dir: string): string {
  if (!existsSync(path.join(dir, 'prisma/migrations'))) {
    throw new InvalidArgumentError('It must be a directory with a version of the product.');
  }
  return path.resolve(dir);
}

/** Reads what the command line asks for. */
export function readRunOptions(args: readonly string[]) {
  const { only, queue, old, ...others } = readOptions(args, {
    command: 'npm run test:faults --',
    about: `Starts API, worker and ops processes on real PostgreSQL and Redis servers.
Kills processes, cuts connections and sends floods of requests. After each
scenario, compares all data with what was sent and answered.
Exits with 1 if a scenario fails.`,
    options: {
      long: flag('run each scenario at full length'),
      only: option('names', 'run only these scenarios, separated by commas', someOf('scenario', scenarios)),
      queue: option(
        'name',
        'keep the queue only in postgres, or only in redis; by default, each scenario runs with both',
        oneOf(queueBackends),
      ),
      old: option(
        'dir',
        'directory of another version of the product, with its packages installed; required by the scenario upgrade',
        versionIn,
      ),
      seed: option('text', 'seed of the random choices: the same seed makes the same choices', String, '1'),
    },
    appendix: `Scenarios:\n${scenarios.map(({ name, bound }) => `  ${name}\n    ${bound}`).join('\n')}`,
  });
  const lacksOld = ({ needsOldVersion = false }: Scenario) => needsOldVersion && old === undefined;
  if (only?.some(lacksOld)) refuseArguments("option '--only <names>' names scenarios that require '--old <dir>'");
  const chosen = (only ?? scenarios).filter((scenario) => !lacksOld(scenario));
  if (queue && !chosen.some(({ queues }) => queues?.includes(queue) ?? true)) {
    refuseArguments(`option '--only <names>' names no scenario that runs with the queue in ${queue}`);
  }
  return {
    ...others,
    scenarios: chosen,
    queues: queue ? [queue] : queueBackends,
    oldVersion: old,
  };
}
