import { shortList } from '../../terminal/short-list.ts';
import { findDelimiter } from './delimiter.ts';

/** Titles of reports are not longer. */
const MOST_LINES = 20;
/** Names of columns begin with no digit, sign or currency. */
const NAME = /^[^\d.,+\p{Sc}-]*\p{L}/u;

/**
 * Says which line may name the columns, if the first one is perhaps the title of a report: the first line that has more
 * cells, all of which can be names. Otherwise, whether the names are in single quotes.
 *
 * @param beginning the first lines of a CSV file, without those that are skipped
 * @returns undefined if there is no such line
 */
export function hintAtHeader(beginning: string, quote: string | undefined, skipped: number): string | undefined {
  const [first = [], ...others] = beginning.split(/\r\n|\n|\r/, MOST_LINES).map((line) => cellsOf(line, quote));
  const place = others.findIndex((cells) => cells.length > first.length && cells.every((cell) => NAME.test(cell)));
  const columns = others[place];
  if (!columns) return first.every((cell) => /^'.*'$/.test(cell)) ? `If ' is the quote, add --quote "'"` : undefined;
  const before = skipped + place + 1;
  return `If line ${before + 1} names the columns (${shortList(columns)}), add --skip-lines ${before}`;
}

function cellsOf(line: string, quote: string | undefined): string[] {
  const delimiter = findDelimiter(`${line}\n`, quote) ?? ',';
  return line.split(delimiter).map((cell) => cell.replaceAll(quote ?? '', '').trim());
}
