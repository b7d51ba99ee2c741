import { CsvScanner, CsvSyntaxError, type CsvDialect, type CsvRecord } from './csv-scanner.ts';

const LINE_BREAK = /\r\n|\n|\r/;

/** A line within a quoted cell, read as if it were a row. */
export interface InnerRow extends Pick<CsvRecord, 'line' | 'cells'> {
  /** The line where the quoted cell begins. */
  opened: number;
}

/**
 * Reads the lines within the quoted cells of a row as rows of their own. If they are rows, a quote that means something
 * else has joined them.
 *
 * The last line of a row belongs half to the quoted cell and half to the cells after it. If the quoted cell is the
 * first one, that line looks like a row in any case, and is left out.
 */
export function* findInnerRows(record: CsvRecord, dialect: CsvDialect): Generator<InnerRow, void> {
  let opened = record.line;
  for (const [place, cell] of record.cells.entries()) {
    const [, ...lines] = cell.split(LINE_BREAK);
    for (const [index, text] of lines.entries()) {
      const line = opened + 1 + index;
      const isLast = index === lines.length - 1;
      if (isLast && place === 0) continue;
      const cells = [...readAlone(text, dialect), ...(isLast ? record.cells.slice(place + 1) : [])];
      yield { opened, line, cells };
    }
    opened += lines.length;
  }
}

/** The quote that closes the cell around a line is not part of the line, but perhaps of its last cell. */
function readAlone(text: string, dialect: CsvDialect): string[] {
  const rows = tryScan(text, dialect) ?? tryScan(`${text}${dialect.quote ?? ''}`, dialect);
  return rows?.[0]?.cells ?? text.split(dialect.delimiter);
}

/** Returns the rows of a text; undefined if it is not written in this dialect. */
function tryScan(text: string, dialect: CsvDialect): CsvRecord[] | undefined {
  const records: CsvRecord[] = [];
  try {
    new CsvScanner(dialect).scan(text, true, (record) => records.push(record));
  } catch (error) {
    if (error instanceof CsvSyntaxError) return undefined;
    throw error;
  }
  return records;
}

/** How many lines are tried in another dialect. */
const LINES_TRIED = 100;

/** Says how to read rows that a quote has joined: with the option that makes them rows with `width` cells, if any. */
export function quoteRemedy(text: string, dialect: CsvDialect, width: number): string {
  const lines = text.split(LINE_BREAK);
  const sample = lines.length > LINES_TRIED ? lines.slice(0, LINES_TRIED - 1).join('\n') : text;
  const others: readonly { option: string; dialect: CsvDialect }[] = [
    { option: String.raw`--escape '\'`, dialect: { ...dialect, escape: '\\' } },
    { option: '--quote none', dialect: { ...dialect, quote: undefined } },
  ];
  const fitting = others.find((other) =>
    tryScan(sample, other.dialect)?.every(({ lines: number, cells }) => number === 1 && cells.length === width),
  );
  return fitting
    ? `Add ${fitting.option}: then each of these lines is a row of ${width} cells.`
    : 'Close the quote, or double it if it is part of the value; add --quote none if quotes have no meaning in this file.';
}
