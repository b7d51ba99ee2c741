const COMMA = ',';
/** The comma comes last and loses ties: column names contain commas more often than the other delimiters. */
const DELIMITERS = [';', '\t', '|', COMMA];

/** A quote counts only where a value begins. An unclosed quote extends to the end. */
const QUOTED = /(?<=^|[\r\n;\t|,])"[^"]*(?:""[^"]*)*(?:"|$)/g;

/**
 * Detects the delimiter of a CSV file: the candidate that occurs most often in the header, outside quotes.
 *
 * @param beginning the first part of the file
 * @returns undefined if `beginning` ends within the header
 */
export function findDelimiter(beginning: string): string | undefined {
  const unquoted = beginning.replaceAll(QUOTED, 'quoted').replace(/^\s*[\r\n]/, '');
  const end = unquoted.search(/[\r\n]/);
  return end === -1 ? undefined : mostFrequent(unquoted.slice(0, end));
}

function mostFrequent(header: string): string {
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length - 1);
  const most = Math.max(...counts);
  return (most > 0 && DELIMITERS[counts.indexOf(most)]) || COMMA;
}
