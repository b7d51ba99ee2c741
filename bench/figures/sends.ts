import { formatNumber } from '../report/format.ts';
import type { Results } from '../report/results.ts';
import { summarize } from '../report/statistics.ts';
import { goalText, spreadText, verdictOf, type Figure, type Goal } from './figure.ts';

const GOAL: Goal = { atLeast: 0.35 };

/** How fast a file of sends gets into an account that has none, contacts included. */
export const sends: Figure = {
  name: 'sends',
  title: 'a file of sends with `trackly import`, queue in PostgreSQL, against a script for psql',
  contestants: [],
  probes: ['sends'],
  rows({ sends: rounds = [] }: Results) {
    const [first] = rounds;
    if (!first) return [];
    const ratio = summarize(rounds.map(({ seconds, scriptSeconds }) => scriptSeconds / seconds));
    const speed = (of: (round: (typeof rounds)[number]) => number) =>
      formatNumber(summarize(rounds.map((round) => round.records / of(round))).median);
    const memory = Object.keys(first.mebibytes).map(
      (name) => `${name} ${formatNumber(Math.max(...rounds.map(({ mebibytes }) => mebibytes[name] ?? 0)))} MiB`,
    );
    return [
      {
        figure: `${sends.title}: ${formatNumber(first.records)}`,
        ours: `${speed(({ seconds }) => seconds)} records/s (${memory.join(', ')})`,
        against: `script: ${speed(({ scriptSeconds }) => scriptSeconds)}`,
        ratio: spreadText(ratio),
        goal: goalText(GOAL),
        verdict: verdictOf(ratio.median, GOAL),
      },
    ];
  },
};
