import { flag, option, readOptions, someOf } from '../lab/options.ts';
import { topologies } from './topologies/index.ts';

/** Reads what the command line asks for. */
export function readRunOptions(args: readonly string[]) {
  const { only = topologies, list } = readOptions(args, {
    command: 'npm run test:topologies --',
    about: `Starts API, worker and ops processes on servers that are set up as in
production. On each topology, imports records, kills a server during the
import, and compares all data with what was sent and answered.
Skips topologies whose programs are not installed, and says so.
Exits with 1 if a topology fails.`,
    options: {
      only: option('names', 'run only these topologies, separated by commas', someOf('topology', topologies)),
      list: flag('print the topologies and exit'),
    },
    appendix: `Topologies:\n${describeTopologies()}`,
  });
  return { topologies: only, list };
}

/** The topologies, each with what it takes. */
export function describeTopologies(): string {
  return topologies
    .map(({ name, about, programs }) => {
      const needs = programs.length > 0 ? ` (requires ${programs.join(', ')})` : '';
      return `  ${name}\n    ${about}${needs}`;
    })
    .join('\n');
}
