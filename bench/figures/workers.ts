import { formatNumber } from '../report/format.ts';
import type { Results, Run } from '../report/results.ts';
import { quantile } from '../report/statistics.ts';
import { compare, type Figure, type Row } from './figure.ts';

/** Of the machine's processor time, from which on there is no more to be had. */
const ALL = 0.9;

const one = 'trackly';
const more = [2, 4].map((count) =>
  compare({
    name: `workers-${count}`,
    title: `sustained import with ${count} workers, against 1`,
    ours: `workers-${count}`,
    against: one,
    againstTitle: '1 worker',
    goal: {},
  }),
);

/** What more workers bring on the same machine, and what limits it. */
export const workers: Figure = {
  name: 'workers',
  title: 'sustained import with 2 and with 4 workers, against 1',
  contestants: [one, ...more.flatMap(({ contestants: [, ours] }) => ours ?? [])],
  probes: [],
  rows: (results) =>
    more.flatMap((figure) => {
      const [, ours] = figure.contestants;
      return figure.rows(results).map((row): Row => ({ ...row, verdict: limitOf(results, ours ?? '') }));
    }),
};

/** Says what had most of the processors' time, and whether there was any left. */
function limitOf({ runs, machine }: Results, contestant: string): string {
  const shares = sharesOf(
    runs.filter((run) => run.contestant === contestant),
    machine.cores,
  );
  const used = shares.reduce((sum, { share }) => sum + share, 0);
  const percent = (share: number) => `${formatNumber(Math.round(share * 100))} %`;
  const most = shares.slice(0, 3).map(({ name, share }) => `${name} ${percent(share)}`);
  const limit = used >= ALL ? 'limited by the processors' : `waits: processors ${percent(1 - used)} idle`;
  return `reported; ${limit} (${most.join(', ')})`;
}

export interface Share {
  name: string;
  /** Of all processors' time, from 0 to 1. */
  share: number;
}

/** Who used how much of the processors, the greediest first: the median over some runs. */
export function sharesOf(runs: readonly Run[], cores: number): Share[] {
  const names = new Set(runs.flatMap(({ cpuSeconds }) => Object.keys(cpuSeconds)));
  return [...names]
    .map((name) => ({
      name,
      share: quantile(
        runs.map(({ cpuSeconds, seconds }) => (cpuSeconds[name] ?? 0) / seconds / cores),
        0.5,
      ),
    }))
    .toSorted((a, b) => b.share - a.share);
}
