import { formatNumber } from '../report/format.ts';
import type { MemoryWatch, Results } from '../report/results.ts';
import { slopeOf } from '../report/statistics.ts';
import { verdictOf, type Figure, type Row } from './figure.ts';

const MOST_MIB = 300;

/** What the memory may change by over the second half of an import, in relation to its mean there. */
const LEVEL = 0.05;

/** How much memory API and worker take, and whether it goes on growing. */
export const memory: Figure = {
  name: 'memory',
  title: 'most memory during a long import',
  contestants: [],
  probes: ['memory'],
  rows: (results: Results) => results.memory.map(rowOf),
};

function rowOf({ process, records, seconds, samples }: MemoryWatch): Row {
  const peak = Math.max(...samples.map(({ mebibytes }) => mebibytes));
  const half = samples.filter(({ second }) => second >= seconds / 2);
  const slope = slopeOf(half.map(({ second, mebibytes }) => [second, mebibytes]));
  const mean = half.reduce((sum, { mebibytes }) => sum + mebibytes, 0) / half.length;
  const change = (slope * (seconds / 2)) / mean;
  const isLevel = Math.abs(change) < LEVEL;
  const perMillion = (slope * seconds * 1_000_000) / records;
  return {
    figure: `${memory.title} of ${formatNumber(records)} records: ${process}`,
    ours: `${formatNumber(peak)} MiB`,
    against: '',
    ratio: `slope ${formatNumber(perMillion)} MiB per million records`,
    goal: `≤ ${MOST_MIB} MiB, slope 0`,
    verdict: verdictOf(isLevel ? peak : Infinity, { atMost: MOST_MIB }),
  };
}
