import { formatNumber } from '../../terminal/format-number.ts';

/** What each line of a file is. Their sum is the number of lines of the file: nothing is left out. */
export interface LineAccount {
  /** The line that names the columns. */
  header: number;
  /** Lines where a record begins. */
  records: number;
  /** Further lines of a row: lines within a quoted cell, or of one JSON object. */
  continuation: number;
  /** Lines without content, and rows whose cells are all empty. */
  blank: number;
  /** Lines that `--skip-lines` or `sep=` leaves out. */
  skipped: number;
  /** Lines that name the columns again, as joined files have them. */
  repeated: number;
  /** Lines where a row begins that `--where` leaves out. */
  filtered: number;
  /** Lines of JSON around the records, such as one with only a bracket. */
  structure: number;
}

const accountKeys = [
  'header',
  'records',
  'continuation',
  'blank',
  'skipped',
  'repeated',
  'filtered',
  'structure',
] as const satisfies (keyof LineAccount)[];

/** An account without lines. */
export function emptyAccount(): LineAccount {
  return { header: 0, records: 0, continuation: 0, blank: 0, skipped: 0, repeated: 0, filtered: 0, structure: 0 };
}

/** The number of lines in the account. */
export function countLines(account: LineAccount): number {
  return Object.values(account).reduce((sum, lines) => sum + lines, 0);
}

const NAMES: Readonly<Record<keyof LineAccount, readonly [one: string, several: string]>> = {
  header: ['header', 'headers'],
  records: ['record', 'records'],
  continuation: ['continuation', 'continuations'],
  blank: ['blank', 'blank'],
  skipped: ['skipped', 'skipped'],
  repeated: ['repeated header', 'repeated headers'],
  filtered: ['left out by --where', 'left out by --where'],
  structure: ['bracket', 'brackets'],
};

/** Describes an account: `1,003 (1 header, 1,000 records, 2 blank)`. */
export function describeLines(account: LineAccount): string {
  const parts = accountKeys.flatMap((key) => {
    const lines = account[key];
    return lines === 0 ? [] : [`${formatNumber(lines)} ${NAMES[key][lines === 1 ? 0 : 1]}`];
  });
  return `${formatNumber(countLines(account))}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
}

/** Adds the lines of `other` to an account. */
export function addLines(account: LineAccount, other: LineAccount): void {
  for (const key of accountKeys) account[key] += other[key];
}

/**
 * @throws Error if the lines of the file, counted before they were read as rows, are not those of the account: a defect of
 *   the reader, which may have lost rows
 */
export function checkAccount(name: string, account: LineAccount, linesRead: number): void {
  const found = countLines(account);
  if (found !== linesRead) throw new Error(`${name} has ${linesRead} lines, but ${found} of them were read as rows.`);
}
