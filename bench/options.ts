import path from 'node:path';
import { parseArgs } from 'node:util';

import { figures } from './figures/index.ts';
import type { Figure } from './figures/figure.ts';

/** So many keep the processors busy; more bring nothing. */
const CONNECTIONS = 8;
const MOST_CONNECTIONS = 16;

const RESULTS = path.join(import.meta.dirname, 'results');

export interface BenchOptions {
  quick: boolean;
  /** Unset: as many as the size of the run says. */
  rounds: number | undefined;
  figures: readonly Figure[];
  /** Of the load client. */
  connections: number;
  /** The folder for what is saved. */
  out: string;
  /** Saved results to draw again, instead of measuring. */
  from: string | undefined;
}

/**
 * Reads what the command line asks for; undefined when it asks for help.
 *
 * @throws saying which argument is wrong
 */
export function readOptions(args: string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string' },
      connections: { type: 'string', default: String(CONNECTIONS) },
      out: { type: 'string' },
      from: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;

  const names = values.only?.split(',');
  const unknown = names?.find((name) => !figures.some((figure) => figure.name === name));
  if (unknown !== undefined) throw new Error(`There is no figure "${unknown}": see --help.`);
  const usual = values.quick ? path.join(RESULTS, 'quick') : RESULTS;
  return {
    quick: values.quick,
    rounds: values.rounds === undefined ? undefined : wholeNumber('rounds', values.rounds, Infinity),
    figures: figures.filter(({ name }) => names?.includes(name) ?? true),
    connections: wholeNumber('connections', values.connections, MOST_CONNECTIONS),
    out: path.resolve(values.out ?? (values.from ? path.dirname(values.from) : usual)),
    from: values.from,
  };
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`--${option} must be a whole number from 1${most === Infinity ? '' : ` to ${most}`}.`);
}

/** What the command does, and which figures there are. */
export function helpText(): string {
  return `npm run bench -- [--quick] [--rounds N] [--only FIGURE,FIGURE] [--connections N] [--out DIR]
npm run bench -- --from FILE [--out DIR]

Measures the product against other ways to get a history into its database: on one server, with the same schema, the
same rows, and in turns. Compares what they leave behind. Takes about 25 minutes; PostgreSQL comes with npm, psql and
redis-server must be on the PATH. Ends with a table, and with 1 when a contestant did not do what it was measured for.

  --quick        a smaller run, under five minutes
  --rounds N     how often the contestants take turns (default 5, quick 2)
  --only NAMES   only these figures
  --connections  of the client that sends sustained imports (default 8, at most 16)
  --out DIR      where results.json, results.md and contestants.svg go (default bench/results, quick bench/results/quick)
  --from FILE    draw table and chart again from a results.json, beside it

Figures:
${figures.map(({ name, title }) => `  ${name.padEnd(16)} ${title}`).join('\n')}
`;
}
