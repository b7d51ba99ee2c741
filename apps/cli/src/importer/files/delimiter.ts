const COMMA = ',';
/** The comma comes last and loses ties: column names contain commas more often than the other delimiters. */
const DELIMITERS = [';', '\t', '|', COMMA];

/**
 * Detects the delimiter of a CSV file: the candidate that occurs most often in the header, outside quotes.
 *
 * @param beginning the first part of the file
 * @param quote undefined if the file has no quoted cells
 * @returns undefined if `beginning` ends within the header
 */
export function findDelimiter(beginning: string, quote: string | undefined = '"'): string | undefined {
  const withoutCells = quote === undefined ? beginning : beginning.replaceAll(quotedCells(quote), 'quoted');
  const unquoted = withoutCells.replace(/^\s*[\r\n]/, '');
  const end = unquoted.search(/[\r\n]/);
  return end === -1 ? undefined : mostFrequent(unquoted.slice(0, end));
}

/** Matches quoted cells. A quote counts only where a cell begins; an unclosed one extends to the end. */
function quotedCells(character: string): RegExp {
  const quote = `\\${character}`;
  return new RegExp(`(?<=^|[\\r\\n;\\t|,])${quote}[^${quote}]*(?:${quote}${quote}[^${quote}]*)*(?:${quote}|$)`, 'g');
}

function mostFrequent(header: string): string {
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length - 1);
  const most = Math.max(...counts);
  return (most > 0 && DELIMITERS[counts.indexOf(most)]) || COMMA;
}
