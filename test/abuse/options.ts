import { flag, oneOf, option, readOptions, refuseArguments, someOf, wholeNumber } from '../lab/options.ts';
import { queueBackends, type QueueBackend } from '../lab/servers.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { BOUND } from './support/judge.ts';

const MOST_TIMES = 10;

/** A scenario with the queue in one place. */
export interface Part {
  scenario: Scenario;
  queue: QueueBackend;
}

/** Reads what the command line asks for. */
export function readRunOptions(args: readonly string[]) {
  const { only, queue, long, ...others } = readOptions(args, {
    command: 'npm run test:abuse --',
    about: `Starts API and worker processes on real PostgreSQL and Redis servers, and a
client that imports records. Attacks the API meanwhile, with an account's key
or without one. Compares how long the client's imports take, and all data.
Prints a table of what was measured. Exits with 1 if a bound is broken.`,
    options: {
      long: flag('run each scenario at full length, with the queue in PostgreSQL and in Redis'),
      times: option('n', 'make each attack as many times as large', wholeNumber({ max: MOST_TIMES }), 1),
      only: option('names', 'run only these scenarios, separated by commas', someOf('scenario', scenarios)),
      queue: option('name', 'keep the queue only in postgres, or only in redis', oneOf(queueBackends)),
      sameAddress: flag(`attack from the client's address, 127.0.0.1; by default, from 127.0.0.2`),
      seed: option('text', 'seed of the random choices: the same seed makes the same choices', String, '1'),
    },
    appendix: `Bound: ${BOUND}\n\nScenarios:\n${scenarios.map(describe).join('\n')}`,
  });
  const chosen = only ?? scenarios.filter(({ shortOn }) => long || shortOn.length > 0);
  const unfit = chosen.filter(({ shortOn }) => !long && shortOn.length === 0);
  if (unfit.length > 0) refuseArguments(`${unfit.map(({ name }) => name).join(', ')} requires '--long'`);
  const parts = chosen.flatMap((scenario) =>
    queuesOf(scenario, long, queue).map((each) => ({ scenario, queue: each })),
  );
  return { ...others, long, parts };
}

function queuesOf({ shortOn }: Scenario, long: boolean, queue: QueueBackend | undefined): readonly QueueBackend[] {
  if (queue) return [queue];
  return long ? queueBackends : shortOn;
}

function describe({ name, attack, bound, shortOn }: Scenario): string {
  const length = shortOn.length === 0 ? ' (only with --long)' : '';
  return [`  ${name}${length}`, `    ${attack}`, ...(bound ? [`    bound: ${bound}`] : [])].join('\n');
}
