import { LONGEST } from './lines.ts';

/** How a CSV file is written. */
export interface CsvDialect {
  delimiter: string;
  /** Encloses cells; undefined if the file has no quoted cells. */
  quote: string | undefined;
  /** Stands before a quote that is part of a quoted cell. In most files it is the quote itself. */
  escape: string;
}

/** A row of CSV. */
export interface CsvRecord {
  /** The line where the row begins, from 1. */
  line: number;
  /** How many lines the row has: more than one if a quoted cell contains line breaks. */
  lines: number;
  cells: string[];
  /** The text of a row with several lines. */
  text?: string;
}

/** Why a row cannot be read. */
export class CsvSyntaxError extends Error {
  readonly kind: 'never closed' | 'too long' | 'not escaped';
  /** The line where the row begins. */
  readonly line: number;
  /** The text from the beginning of the row. */
  readonly text: string;

  constructor(kind: CsvSyntaxError['kind'], line: number, text: string) {
    super(`line ${line}: ${kind}`);
    this.kind = kind;
    this.line = line;
    this.text = text;
  }
}

const LINE_BREAK = /\r\n|\n|\r/g;

/** The number of line breaks in a text: LF, CRLF or CR. */
export function countLineBreaks(text: string): number {
  return text.includes('\n') || text.includes('\r') ? (text.match(LINE_BREAK)?.length ?? 0) : 0;
}

/**
 * Reads rows of CSV from text that arrives in pieces.
 *
 * A cell that begins with a quote extends to the next quote that a delimiter or the end of the line follows; spaces may
 * come between. A doubled quote is part of the cell, and so is one that anything else follows, because many programs
 * write `"27" monitor"`. With an escape character of its own a file has no reason for such a quote, and it is an error.
 */
export class CsvScanner {
  readonly #dialect: CsvDialect;
  #text = '';
  #line: number;
  /** Where the next CR is; -1 if there is none. */
  #nextCr = -1;

  /** @param line number of the first line */
  constructor(dialect: CsvDialect, line = 1) {
    this.#dialect = dialect;
    this.#line = line;
  }

  /**
   * Passes the rows that are complete to `onRecord`. A later call passes a row that goes on.
   *
   * @param text whole lines with their line ends; only the last line of the file may lack one
   * @param isLast whether the file ends here
   * @throws CsvSyntaxError after `onRecord` has received all rows before it
   */
  scan(text: string, isLast: boolean, onRecord: (record: CsvRecord) => void): void {
    this.#text = this.#text === '' ? text : this.#text + text;
    const { delimiter, quote } = this.#dialect;
    let at = 0;
    let nextQuote = quote === undefined ? -1 : this.#text.indexOf(quote);
    this.#nextCr = this.#text.indexOf('\r');
    while (at < this.#text.length) {
      if (quote !== undefined && nextQuote !== -1 && nextQuote < at) nextQuote = this.#text.indexOf(quote, at);
      const end = this.#lineEnd(at);
      if (nextQuote === -1 || nextQuote >= end) {
        onRecord({ line: this.#line, lines: 1, cells: this.#text.slice(at, end).split(delimiter) });
        this.#line += 1;
        at = this.#afterBreak(end);
        continue;
      }
      const quoted = this.#scanQuoted(at);
      if (!quoted) break;
      const record = this.#toRecord(quoted.cells, at, quoted.end);
      onRecord(record);
      this.#line += record.lines;
      at = this.#afterBreak(quoted.end);
    }
    this.#text = this.#text.slice(at);
    if (this.#text.length > LONGEST) throw new CsvSyntaxError('too long', this.#line, this.#text);
    if (isLast && this.#text !== '') throw new CsvSyntaxError('never closed', this.#line, this.#text);
  }

  #toRecord(cells: string[], start: number, end: number): CsvRecord {
    const record = { line: this.#line, lines: 1, cells };
    const text = this.#text.slice(start, end);
    const breaks = countLineBreaks(text);
    if (breaks === 0) return record;
    if (text.length > LONGEST) throw new CsvSyntaxError('too long', this.#line, text);
    return { ...record, lines: 1 + breaks, text };
  }

  /** Scans a row with quotes; undefined if it does not end in the text so far. */
  #scanQuoted(start: number): { cells: string[]; end: number } | undefined {
    const { delimiter, quote = '' } = this.#dialect;
    const cells: string[] = [];
    let at = start;
    for (;;) {
      if (this.#text.startsWith(quote, at)) {
        const close = this.#findClose(at + quote.length, start);
        if (!close) return undefined;
        cells.push(this.#unescape(this.#text.slice(at + quote.length, close.quote)));
        at = close.end;
      } else {
        const end = this.#cellEnd(at);
        cells.push(this.#text.slice(at, end));
        at = end;
      }
      if (!this.#text.startsWith(delimiter, at)) return { cells, end: at };
      at += delimiter.length;
    }
  }

  /** Finds the quote that closes a cell, and where the delimiter or the line end after it begins. */
  #findClose(from: number, start: number): { quote: number; end: number } | undefined {
    const { quote = '', escape } = this.#dialect;
    let at = from;
    for (;;) {
      const found = this.#text.indexOf(quote, at);
      if (found === -1) return undefined;
      at = found + quote.length;
      if (escape === quote) {
        if (this.#text.startsWith(quote, at)) {
          at += quote.length;
          continue;
        }
      } else if (this.#isEscaped(found, from)) continue;
      let end = at;
      while (this.#text[end] === ' ' && !this.#text.startsWith(this.#dialect.delimiter, end)) end += 1;
      if (this.#endsCell(end)) return { quote: found, end };
      if (escape !== quote) throw new CsvSyntaxError('not escaped', this.#line, this.#text.slice(start));
    }
  }

  /** Whether an odd number of escape characters comes before a quote. */
  #isEscaped(found: number, from: number): boolean {
    const { escape } = this.#dialect;
    let first = found;
    while (first > from && this.#text[first - 1] === escape) first -= 1;
    return (found - first) % 2 === 1;
  }

  #endsCell(at: number): boolean {
    const next = this.#text[at];
    return next === undefined || next === '\n' || next === '\r' || this.#text.startsWith(this.#dialect.delimiter, at);
  }

  #unescape(cell: string): string {
    const { quote = '', escape } = this.#dialect;
    if (!cell.includes(escape)) return cell;
    if (escape === quote) return cell.replaceAll(quote + quote, quote);
    let unescaped = '';
    for (let at = 0; at < cell.length; at += 1) {
      const isEscape = cell[at] === escape && (cell[at + 1] === quote || cell[at + 1] === escape);
      if (isEscape) at += 1;
      unescaped += cell.charAt(at);
    }
    return unescaped;
  }

  #lineEnd(at: number): number {
    if (this.#nextCr !== -1 && this.#nextCr < at) this.#nextCr = this.#text.indexOf('\r', at);
    const lf = this.#text.indexOf('\n', at);
    const end = lf === -1 ? this.#text.length : lf;
    return this.#nextCr !== -1 && this.#nextCr < end ? this.#nextCr : end;
  }

  #cellEnd(at: number): number {
    const lineEnd = this.#lineEnd(at);
    const delimiter = this.#text.indexOf(this.#dialect.delimiter, at);
    return delimiter === -1 || delimiter > lineEnd ? lineEnd : delimiter;
  }

  #afterBreak(end: number): number {
    return this.#text[end] === '\r' && this.#text[end + 1] === '\n' ? end + 2 : end + 1;
  }
}
