import path from 'node:path';

import { flag, option, readOptions, someOf, wholeNumber } from '../test/lab/options.ts';
import { FULL, QUICK } from './data/sizes.ts';
import { figures } from './figures/index.ts';

/** So many keep the processors busy; more bring nothing. */
const CONNECTIONS = 8;
const MOST_CONNECTIONS = 16;

const RESULTS = path.join(import.meta.dirname, 'results');

export type BenchOptions = ReturnType<typeof readBenchOptions>;

/** Reads what the command line asks for. */
export function readBenchOptions(args: readonly string[]) {
  const { only, out, ...others } = readOptions(args, {
    command: 'npm run bench --',
    about: `Measures the product against other ways to import a history. All of them take
turns on the same servers, with the same schema and the same records, and what
they leave in the database is compared. Takes about 25 minutes. Requires Linux,
and psql and redis-server on the PATH. Prints a table of figures.
Exits with 1 if the data in the database is not what it must be.`,
    options: {
      quick: flag('measure fewer records, in less than five minutes'),
      rounds: option(
        'n',
        `number of turns that each contestant takes (default: ${FULL.rounds}, with --quick ${QUICK.rounds})`,
        wholeNumber(),
      ),
      only: option('names', 'measure only these figures, separated by commas', someOf('figure', figures)),
      connections: option(
        'n',
        `number of connections of the client that sends sustained imports, at most ${MOST_CONNECTIONS}`,
        wholeNumber({ max: MOST_CONNECTIONS }),
        CONNECTIONS,
      ),
      out: option(
        'dir',
        'directory for results.json, results.md and contestants.svg (default: bench/results, with --quick bench/results/quick, with --from that of the file)',
        (dir) => path.resolve(dir),
      ),
      from: option('file', 'measure nothing; draw table and chart from this results.json', String),
    },
    appendix: `Figures:\n${figures.map(({ name, title }) => `  ${name.padEnd(16)} ${title}`).join('\n')}`,
  });
  const usual = others.quick ? path.join(RESULTS, 'quick') : RESULTS;
  return {
    ...others,
    figures: only ?? figures,
    out: out ?? (others.from === undefined ? usual : path.resolve(path.dirname(others.from))),
  };
}
