import { parseArgs } from 'node:util';

import type { Topology } from './topology.ts';

export interface RunOptions {
  topologies: readonly Topology[];
}

/**
 * Reads what the command line asks for; undefined when it asks for help.
 *
 * @throws saying which argument is wrong
 */
export function readOptions(args: string[], topologies: readonly Topology[]): RunOptions | 'help' | 'list' {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, list: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return 'help';
  if (values.list) return 'list';
  const names = values.only?.split(',');
  const unknown = names?.find((name) => !topologies.some((topology) => topology.name === name));
  if (unknown !== undefined) throw new Error(`There is no topology "${unknown}": see --list.`);
  return { topologies: topologies.filter(({ name }) => !names || names.includes(name)) };
}

/** The topologies, each with what it takes. */
export function listText(topologies: readonly Topology[]): string {
  return topologies
    .map(({ name, about, programs }) => {
      const needs = programs.length > 0 ? ` (takes ${programs.join(', ')})` : '';
      return `  ${name}\n    ${about}${needs}\n`;
    })
    .join('');
}

/** What the command does, and which topologies there are. */
export function helpText(topologies: readonly Topology[]): string {
  return `npm run test:topologies -- [--only NAME,NAME] [--list]

Runs the product's real processes on the servers of production, set up in each of these ways, kills one of the servers in
the middle of an import, and compares everything that was promised with everything that is there. A topology whose
programs are not installed is left out, and the run says so. Ends with 1 when anything does not agree.

  --only NAMES   only these topologies
  --list         only show which there are

Topologies:
${listText(topologies)}`;
}
