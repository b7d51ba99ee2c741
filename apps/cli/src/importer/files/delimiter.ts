const COMMA = ',';
/** Names have commas more often than the others: of two that are there equally often it is not the comma. */
const DELIMITERS = [';', '\t', '|', COMMA];

/** A quote counts where a value begins. One that is never closed goes to the end. */
const QUOTED = /(?<=^|[\r\n;\t|,])"[^"]*(?:""[^"]*)*(?:"|$)/g;

/**
 * What separates the names of the header of a CSV file: what is there most often outside quotes.
 *
 * @returns undefined when the beginning of the file that it got ends within the header
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
