import path from 'node:path';
import { parseArgs } from 'node:util';

import type { Scenario } from './scenario.ts';
import type { QueueBackend } from './support/stage.ts';

const QUEUES: readonly QueueBackend[] = ['postgres', 'redis'];

export interface RunOptions {
  long: boolean;
  scenarios: readonly Scenario[];
  queues: readonly QueueBackend[];
  seed: string;
  /** The folder of another version, with its packages installed. */
  oldVersion: string | undefined;
}

/**
 * Reads what the command line asks for; undefined when it asks for help.
 *
 * @throws saying which argument is wrong
 */
export function readOptions(args: string[], scenarios: readonly Scenario[]): RunOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      long: { type: 'boolean', default: false },
      only: { type: 'string' },
      queue: { type: 'string' },
      seed: { type: 'string', default: '1' },
      old: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;

  const names = values.only?.split(',');
  const unknown = names?.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown !== undefined) throw new Error(`There is no scenario "${unknown}": see --help.`);
  const queues = QUEUES.filter((queue) => values.queue === undefined || values.queue === queue);
  const chosen = scenarios.filter(
    ({ name, needsOldVersion = false }) =>
      (names?.includes(name) ?? true) && (!needsOldVersion || values.old !== undefined),
  );
  if (chosen.length === 0) throw new Error('Only --old DIR makes an upgrade possible: see --help.');
  if (queues.length === 0) throw new Error(`There is no queue "${values.queue}": see --help.`);
  return {
    long: values.long,
    scenarios: chosen,
    queues,
    seed: values.seed,
    oldVersion: values.old && path.resolve(values.old),
  };
}

/** What the command does, and which scenarios there are. */
export function helpText(scenarios: readonly Scenario[]): string {
  return `npm run test:faults -- [--long] [--only NAME,NAME] [--queue postgres|redis] [--seed N] [--old DIR]

Runs the product's real processes against real servers, kills and cuts them, and compares everything that was promised
with everything that is there. Ends with 1 when anything does not agree.

  --long         the trouble at full length, for the figures
  --only NAMES   only these scenarios
  --queue NAME   only with the queue there; else with each in turn
  --old DIR      another version of the product, installed there, to upgrade from and roll back to
  --seed N       other random choices; the same seed makes the same ones (default 1)

Scenarios:
${scenarios.map(({ name, bound }) => `  ${name}\n    ${bound}`).join('\n')}
`;
}
