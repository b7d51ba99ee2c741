import type { Sizes } from '../data/sizes.ts';
import type { Results } from '../report/results.ts';
import { formatNumber } from '../report/format.ts';
import { summarize, type Summary } from '../report/statistics.ts';

export type Probe = 'lone' | 'memory' | 'sends';

/** Something that is measured, and how good it should be. */
export interface Figure {
  /** For --only. */
  name: string;
  /** What it says, for --help. */
  title: string;
  contestants: readonly string[];
  probes: readonly Probe[];
  /** Its rows of the table; none when the results hold nothing about it. */
  rows(results: Results): Row[];
}

export interface Row {
  figure: string;
  ours: string;
  against: string;
  ratio: string;
  goal: string;
  verdict: string;
}

export interface Goal {
  atLeast?: number;
  atMost?: number;
}

const REPORTED = 'reported';

export function goalText({ atLeast, atMost }: Goal): string {
  if (atLeast !== undefined) return `≥ ${formatNumber(atLeast)}`;
  return atMost === undefined ? REPORTED : `≤ ${formatNumber(atMost)}`;
}

/** Judges a figure by its median. */
export function verdictOf(value: number, { atLeast = -Infinity, atMost = Infinity }: Goal): string {
  if (atLeast === -Infinity && atMost === Infinity) return REPORTED;
  return value >= atLeast && value <= atMost ? 'met' : '**short of its goal**';
}

export interface Comparison {
  name: string;
  title: string;
  ours: string;
  against: string;
  /** What the other one is, for the table. */
  againstTitle: string;
  /** Of the sizes that the figure is about, the one to be named. */
  size?: keyof Sizes;
  goal: Goal;
}

/** A figure that says how many times as fast one contestant is as another, round by round. */
export function compare({ name, title, ours, against, againstTitle, size, goal }: Comparison): Figure {
  return {
    name,
    title,
    contestants: [against, ours],
    probes: [],
    rows(results) {
      const [speeds, others] = [speedsOf(results, ours), speedsOf(results, against)];
      const ratios = [...speeds].flatMap(([round, speed]) => {
        const other = others.get(round);
        return other === undefined ? [] : [speed / other];
      });
      if (ratios.length === 0) return [];
      const ratio = summarize(ratios);
      return [
        {
          figure: size ? `${title}: ${formatNumber(results.sizes[size] ?? 0)}` : title,
          ours: `${speedText(speeds)} records/s`,
          against: `${againstTitle}: ${speedText(others)}`,
          ratio: spreadText(ratio),
          goal: goalText(goal),
          verdict: verdictOf(ratio.median, goal),
        },
      ];
    },
  };
}

/** Records a second of a contestant, by round. */
export function speedsOf({ runs }: Results, contestant: string): Map<number, number> {
  const own = runs.filter((run) => run.contestant === contestant);
  return new Map(own.map(({ round, records, seconds }) => [round, records / seconds]));
}

/** The median, and behind it the smallest and the largest. */
export function spreadText({ median, min, max }: Summary): string {
  if (min === max) return formatNumber(median);
  return `${formatNumber(median)} (${formatNumber(min)}–${formatNumber(max)})`;
}

function speedText(speeds: Map<number, number>): string {
  return formatNumber(summarize([...speeds.values()]).median);
}
