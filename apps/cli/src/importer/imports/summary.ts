import { formatNumber } from '../../terminal/format-number.ts';
import { countFields, totalFields } from '@trackly/client';

import { addLines, countLines, describeLines, emptyAccount, type LineAccount } from '../files/line-account.ts';
import type { FileKind } from '../kinds/file-kind.ts';
import type { ImportPlan } from './plan.ts';
import type { Ending } from './run.ts';
import type { Tally } from './tally.ts';
import { drawTimes, type TimesSummary } from './times.ts';

/** The result of an import: all of its files and runs together. */
export interface Summary {
  status: Ending['status'];
  dry_run: boolean;
  files: {
    file: string;
    name: string;
    status: Ending['status'];
    rejects_file: string | null;
    /** What each line of the file is, as far as it was read. */
    lines: LineAccount & { total: number };
    error?: string;
  }[];
  /** Rows that have an outcome. */
  records: number;
  /** Those of `records` that an earlier run had done. */
  earlier_records: number;
  imported: number;
  /** Those of `imported` that an earlier run had imported. */
  earlier_imported: number;
  rejected: number;
  rejected_by_code: Record<string, number>;
  /** What the service says about records: numbers of records. */
  notices: Record<string, number>;
  /** The times of the imported records that have one. */
  times: TimesSummary;
  /** The counts of the kind, by name. */
  counts: Record<string, number>;
  /** The totals of the kind: exact plain decimals. */
  [total: `total_${string}`]: string;
  /** Duration of this run. */
  seconds: number;
}

/** @param endings of the files that were begun */
export function summarize(
  { name }: FileKind,
  endings: readonly { plan: ImportPlan; ending: Ending }[],
  tally: Tally,
  { dryRun, seconds }: { dryRun: boolean; seconds: number },
): Summary {
  return {
    status: endings.at(-1)?.ending.status ?? 'completed',
    dry_run: dryRun,
    files: endings.map(({ plan, ending }) => ({
      file: plan.file,
      name: plan.name,
      status: ending.status,
      rejects_file: ending.rejects ?? null,
      lines: { ...ending.lines, total: countLines(ending.lines) },
      ...(ending.status === 'failed' && { error: ending.error.message }),
    })),
    records: tally.records,
    earlier_records: tally.earlier,
    imported: tally.imported,
    earlier_imported: tally.earlierImported,
    rejected: tally.rejected,
    rejected_by_code: tally.rejectedByCode,
    notices: tally.notices,
    times: tally.times,
    counts: Object.fromEntries(countFields(name).map((count) => [count, tally.countOf(count)])),
    ...Object.fromEntries(totalFields(name).map((field) => [`total_${field}`, tally.totalOf(field)])),
    seconds,
  };
}

/** Notices that imports of every kind may have. */
const COMMON_NOTICES: Partial<Record<string, string>> = {
  records_not_kept: 'rejected, but not kept by the service, which has no more room for them',
};

/** Formats the summary for people. */
export function describeSummary({ name: kind, notices, prerequisites }: FileKind, summary: Summary): string {
  const { records, earlier_records: earlier, imported, rejected, seconds } = summary;
  const lines = emptyAccount();
  for (const file of summary.files) addLines(lines, file.lines);
  const rate = earlier < records ? `, ${formatNumber(Math.round((records - earlier) / seconds))}/s` : '';
  return [
    `records   ${formatNumber(records)} in ${formatNumber(seconds)} s${rate}`,
    `imported  ${formatNumber(imported)}${describeEarlier(summary)}${summary.dry_run ? ' (dry run: nothing is saved)' : ''}`,
    `rejected  ${formatNumber(rejected)}`,
    ...Object.entries(summary.rejected_by_code).map(([code, count]) => {
      const first = prerequisites[code];
      return `          ${formatNumber(count)} ${code}${first === undefined ? '' : `: ${first}`}`;
    }),
    ...Object.entries(summary.counts).map(([name, count]) => `counted   ${formatNumber(count)} ${name}`),
    ...Object.entries(summary.notices).map(
      ([notice, count]) =>
        `noticed   ${formatNumber(count)} ${notices[notice]?.what ?? COMMON_NOTICES[notice] ?? notice}`,
    ),
    ...totalFields(kind).map((field) => `${field.padEnd(9)} ${summary[`total_${field}`]}`),
    `lines     ${describeLines(lines)}`,
    ...describeTimes(summary.times),
    ...summary.files.flatMap(({ rejects_file: file }) => (file === null ? [] : [`rejects   ${file}`])),
  ].join('\n');
}

function describeTimes(times: TimesSummary): string[] {
  if (times.first === null) return [];
  return [`times     ${times.first} to ${times.last} (UTC)`, ...drawTimes(times).map((line) => `          ${line}`)];
}

function describeEarlier({ imported, earlier_imported: earlier }: Summary): string {
  if (earlier === 0) return '';
  return earlier === imported ? ' by an earlier run' : `, ${formatNumber(earlier)} of them by an earlier run`;
}
