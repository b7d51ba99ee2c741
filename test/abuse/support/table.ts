import type { Figures } from '../../lab/turn.ts';

export interface Result {
  name: string;
  figures: Figures;
  isOk: boolean;
}

/** Titles of columns, and the figures below them. */
const COLUMNS = {
  'quiet p95 ms': 'imports quiet p95 ms',
  'p95 ms': 'imports p95 ms',
  'longest ms': 'imports longest ms',
  'refused or lost': 'refused or lost',
  'attack/s': 'attack requests/s',
  'MiB before': 'MiB before',
  'MiB peak': 'MiB peak',
  'MiB after': 'MiB after',
  'after s': 'after s',
};

/** The table that a run ends with: a line for each scenario. */
export function tableOf(results: readonly Result[]): string {
  const lines = results.map(({ name, figures, isOk }) => [
    name,
    ...Object.values(COLUMNS).map((figure) => String(figures[figure] ?? '')),
    isOk ? 'ok' : 'FAILED',
  ]);
  const rows = [['scenario', ...Object.keys(COLUMNS), 'verdict'], ...lines];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const toLine = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => toLine(row).trimEnd()).join('\n');
}
