import { findDelimiter } from './delimiter.ts';

/** A line below the first that may name the columns: the first one is perhaps the title of a report. */
export interface LaterHeader {
  /** How many lines stand before it. */
  before: number;
  columns: readonly string[];
}

/** Titles of reports are not longer. */
const MOST_LINES = 20;

/**
 * Finds the first line with more cells than the first line has.
 *
 * @param beginning the first lines of a CSV file, without those that are skipped
 */
export function findLaterHeader(
  beginning: string,
  quote: string | undefined,
  skipped: number,
): LaterHeader | undefined {
  const [first = '', ...others] = beginning.split(/\r\n|\n|\r/, MOST_LINES).map((line) => cellsOf(line, quote));
  const place = others.findIndex((cells) => cells.length > first.length && cells.every((cell) => cell !== ''));
  const columns = others[place];
  return columns && { before: skipped + place + 1, columns };
}

function cellsOf(line: string, quote: string | undefined): string[] {
  const delimiter = findDelimiter(`${line}\n`, quote) ?? ',';
  return line.split(delimiter).map((cell) => cell.replaceAll(quote ?? '', '').trim());
}
