import { formatNumber, milliseconds } from '../report/format.ts';
import type { LoneRound, Results } from '../report/results.ts';
import { quantile, summarize } from '../report/statistics.ts';
import { goalText, spreadText, verdictOf, type Figure, type Goal } from './figure.ts';

const GOAL: Goal = { atMost: 1.5 };

/** A request of 1,000 records that is alone: how much longer it takes than its statements. */
export const loneRequest: Figure = {
  name: 'lone-1000',
  title: 'median of a lone request of 1,000 records, against its statements alone',
  contestants: [],
  probes: ['lone'],
  rows: (results) =>
    rowOf(results, {
      title: loneRequest.title,
      recordsPerRequest: 1_000,
      goal: GOAL,
      againstTitle: 'statements',
      against: statementsOf,
    }),
};

/** A request of one record that is alone, in times of the shortest statement there is. */
export const loneRecord: Figure = {
  name: 'lone-1',
  title: 'median of a lone request of 1 record, in times of SELECT 1',
  contestants: [],
  probes: ['lone'],
  rows: (results) =>
    rowOf(results, {
      title: loneRecord.title,
      recordsPerRequest: 1,
      goal: {},
      againstTitle: 'SELECT 1',
      against: ({ selectOne }) => selectOne,
    }),
};

interface LoneComparison {
  title: string;
  recordsPerRequest: number;
  goal: Goal;
  againstTitle: string;
  /** What a request is compared with: milliseconds of each. */
  against: (round: LoneRound) => number[];
}

function rowOf({ lone }: Results, comparison: LoneComparison) {
  const { title, recordsPerRequest, goal, againstTitle, against } = comparison;
  const rounds = lone.filter((round) => round.recordsPerRequest === recordsPerRequest);
  if (rounds.length === 0) return [];
  const ratio = summarize(rounds.map((round) => median(round.requests) / median(against(round))));
  const requests = rounds.flatMap((round) => round.requests);
  return [
    {
      figure: title,
      ours: `${milliseconds(median(requests))} (95 %: ${formatNumber(quantile(requests, 0.95))})`,
      against: `${againstTitle}: ${milliseconds(median(rounds.flatMap(against)))}`,
      ratio: spreadText(ratio),
      goal: goalText(goal),
      verdict: verdictOf(ratio.median, goal),
    },
  ];
}

/** The statements of a chunk, one after the other: of each, how long they took together. */
function statementsOf({ accept, save, readOutcome }: LoneRound): number[] {
  return accept.map((ms, index) => ms + (save[index] ?? 0) + (readOutcome[index] ?? 0));
}

export interface Part {
  what: string;
  milliseconds: number;
}

/** Where the time of a lone request goes. What is left is the way through the queue, and waiting for a turn. */
export function partsOfLoneRequest({ lone }: Results, recordsPerRequest: number): Part[] {
  const rounds = lone.filter((round) => round.recordsPerRequest === recordsPerRequest);
  if (rounds.length === 0) return [];
  const all = (of: (round: LoneRound) => number[]) => median(rounds.flatMap(of));
  const parts = [
    { what: 'an HTTP request for nothing (`GET /healthz`)', milliseconds: all(({ http }) => http) },
    { what: 'statement that accepts', milliseconds: all(({ accept }) => accept) },
    { what: 'statement that saves', milliseconds: all(({ save }) => save) },
    { what: 'statement that reads the outcome', milliseconds: all(({ readOutcome }) => readOutcome) },
  ];
  const request = all(({ requests }) => requests);
  const known = parts.reduce((sum, part) => sum + part.milliseconds, 0);
  return [
    ...parts,
    { what: 'queue and event loops', milliseconds: request - known },
    { what: 'a request, all in all', milliseconds: request },
    { what: 'for comparison: `SELECT 1` through Prisma', milliseconds: all(({ selectOne }) => selectOne) },
    { what: 'for comparison: `PING` of Redis', milliseconds: all(({ redis }) => redis) },
  ];
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
