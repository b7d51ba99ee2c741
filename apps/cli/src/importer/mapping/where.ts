import { CommandError } from '../../terminal/command-error.ts';
import { nearest } from './nearest.ts';
import type { FileColumns } from './sources.ts';
import { listed, quote } from './text.ts';

/** The rows that `--where` selects. */
export interface RowFilter {
  isWanted: (row: Readonly<Partial<Record<string, unknown>>>) => boolean;
  /** The columns that the conditions read. */
  columns: readonly string[];
  /** @throws CommandError if there were rows, but none was wanted */
  checkFound: () => void;
}

interface Condition {
  column: string;
  isNot: boolean;
  value: string;
}

/** How many values of a column are kept for the error that none was wanted. */
const MOST_VALUES = 10;

/**
 * Creates a filter from conditions such as `Status=paid` and `Status!=test`. Several values of the same column are
 * alternatives; conditions on different columns must all hold, and so must all with `!=`.
 *
 * @throws CommandError if a condition is not valid, or there is no such column
 */
export function createRowFilter(where: readonly string[], input: FileColumns): RowFilter {
  const conditions = where.map((text) => parseCondition(text, input));
  const excluded = conditions.filter(({ isNot }) => isNot);
  const wanted = new Map<string, Set<string>>();
  for (const { column, isNot, value } of conditions) {
    if (!isNot) wanted.set(column, (wanted.get(column) ?? new Set()).add(value));
  }
  const seen = new Map([...wanted.keys()].map((column) => [column, new Set<string>()]));
  let [found, left] = [0, 0];

  return {
    columns: [...new Set(conditions.map(({ column }) => column))],
    isWanted(row) {
      if (conditions.length === 0) return true;
      for (const [column, values] of seen) if (values.size < MOST_VALUES) values.add(textOf(row[column]));
      const isWanted =
        excluded.every(({ column, value }) => textOf(row[column]) !== value) &&
        [...wanted].every(([column, values]) => values.has(textOf(row[column])));
      if (isWanted) found += 1;
      else left += 1;
      return isWanted;
    },
    checkFound() {
      if (found > 0 || left === 0) return;
      const values = [...seen].map(([column, texts]) => `${column} is ${listed([...texts].map(quote))}`);
      throw new CommandError(
        `${input.name} has no row with ${listed(where)}${values.length > 0 ? `; ${values.join('; ')}` : ''}: change --where.`,
      );
    },
  };
}

function parseCondition(text: string, input: FileColumns): Condition {
  // A column may have = in its name.
  for (let at = text.indexOf('='); at !== -1; at = text.indexOf('=', at + 1)) {
    const isNot = text[at - 1] === '!';
    const column = text.slice(0, isNot ? at - 1 : at).trim();
    if (!input.columns.includes(column)) continue;
    if (input.columns.indexOf(column) === input.columns.lastIndexOf(column)) {
      return { column, isNot, value: text.slice(at + 1).trim() };
    }
    throw new CommandError(
      `${input.name} has the column ${column} twice, but --where names it: rename one of the two.`,
    );
  }
  const [name = text] = text.split(/!?=/);
  if (!text.includes('=')) {
    throw new CommandError(`--where ${quote(text)} does not have the form of COLUMN=VALUE or COLUMN!=VALUE.`);
  }
  throw new CommandError(
    `${input.name} has no column ${quote(name)}, which --where names; did you mean ` +
      `${nearest(name, input.columns) ?? 'another file'}?`,
  );
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}
