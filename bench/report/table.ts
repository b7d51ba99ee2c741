import { contestants } from '../contestants/index.ts';
import { figures } from '../figures/index.ts';
import type { Row } from '../figures/figure.ts';
import { partsOfLoneRequest } from '../figures/lone.ts';
import { formatNumber } from './format.ts';
import type { Results, Run } from './results.ts';
import { quantile, summarize } from './statistics.ts';

/** The table that a run ends with: every figure that was measured, and whether it is what it should be. */
export function figuresTable(results: Results): string {
  const rows = figures.flatMap((figure) => figure.rows(results));
  const cells = rows.map(({ figure, ours, against, ratio, goal, verdict }: Row) => [
    figure,
    ours,
    against,
    ratio,
    goal,
    verdict,
  ]);
  return markdownTable(['figure', 'ours', 'against', 'ratio', 'goal', 'verdict'], cells);
}

/** What each contestant brought, and what it took: processor time by component, and bytes of log. */
export function contestantsTable({ runs }: Results): string {
  const components = [...new Set(runs.flatMap(({ cpuSeconds }) => Object.keys(cpuSeconds)))];
  const measured = contestants.filter(({ name }) => runs.some((run) => run.contestant === name));
  return markdownTable(
    [
      'contestant',
      'what',
      'records/s',
      'from – to',
      ...components.map((name) => `${name} µs`),
      'WAL bytes',
      'request p50, p95',
    ],
    measured.map(({ name, title }) => {
      const own = runs.filter((run) => run.contestant === name);
      const speed = summarize(own.map(({ records, seconds }) => records / seconds));
      return [
        name,
        title,
        formatNumber(speed.median),
        `${formatNumber(speed.min)} – ${formatNumber(speed.max)}`,
        ...components.map((component) => microseconds(own, component)),
        formatNumber(medianOf(own, ({ walBytes, records }) => walBytes / records)),
        requestTimes(own),
      ];
    }),
  );
}

/** Where the time of a lone request goes. */
export function loneTable(results: Results, recordsPerRequest: number): string {
  const parts = partsOfLoneRequest(results, recordsPerRequest);
  return markdownTable(
    ['part', 'ms'],
    parts.map(({ what, milliseconds }) => [what, formatNumber(milliseconds)]),
  );
}

/** Of processor time for each record; nothing when the component took no part. */
function microseconds(runs: readonly Run[], component: string): string {
  const used = runs.flatMap(({ cpuSeconds, records }) => {
    const seconds = cpuSeconds[component];
    return seconds === undefined ? [] : [(seconds * 1e6) / records];
  });
  return used.length === 0 ? '' : formatNumber(quantile(used, 0.5));
}

function requestTimes(runs: readonly Run[]): string {
  const times = runs.flatMap(({ requestMs }) => requestMs ?? []);
  if (times.length === 0) return '';
  const median = (of: (time: { p50: number; p95: number }) => number) => formatNumber(quantile(times.map(of), 0.5));
  return `${median(({ p50 }) => p50)}, ${median(({ p95 }) => p95)} ms`;
}

function medianOf(runs: readonly Run[], value: (run: Run) => number): number {
  return quantile(runs.map(value), 0.5);
}

/** Lines up the columns, so that the text can be read as it is. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
