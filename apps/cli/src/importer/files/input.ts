import type { LineAccount } from './line-account.ts';

/** One record of a file, as the file has it. */
export interface Row {
  /** The line where the row begins, from 1. */
  line: number;
  /** How many lines are counted as those of this row; undefined is one. None if it begins on the last line of another. */
  lines?: number;
  /** The content of the file: the cells of a CSV row, or the JSON of a record on one line. */
  cells: readonly string[];
  /** The values by column. Values of CSV are text; JSON has numbers, or JsonNumber if they would lose digits. */
  fields: Readonly<Partial<Record<string, unknown>>>;
  /** Why the row cannot be a record. The rows after it can be read nevertheless. */
  problem?: string;
  /** If the problem is that the row ends early: the columns that it lacks. */
  lacks?: readonly string[];
  /** Lines within the cells of this row, read as rows of their own when they are asked for. */
  inner?: Iterable<InnerRow>;
}

/** A line within a cell, read as a row. */
export interface InnerRow {
  row: Row;
  /** Describes the error if it is a row. */
  describe: () => string;
}

/** How to read a file. What is absent is detected from its content. */
export interface InputFormat {
  /** Delimiter of CSV. */
  delimiter?: string | undefined;
  /** Quote of CSV, or `none`. If it is given, lines within quoted cells may look like rows. */
  quote?: string | undefined;
  /** Stands before quotes within quoted cells of CSV, instead of doubling them. */
  escape?: string | undefined;
  /** How many lines to leave out at the beginning. */
  skip_lines?: number | undefined;
}

/** The format and columns of a file, and its rows, in groups as they were read together. */
export interface Table {
  /** How rows are written: all forms of JSON have the rows of NDJSON. */
  format: 'csv' | 'ndjson';
  /** For CSV, the columns of the header in order; for JSON, those of the first records. */
  columns: readonly string[];
  /** The delimiter of CSV; empty for JSON. */
  delimiter: string;
  /** Where the columns may be if these are not they: a sentence for messages, without its full stop. */
  hint?: string | undefined;
  /** Whether the file begins with a byte order mark that its rejects file needs, too. */
  hasByteOrderMark: boolean;
  groups: AsyncIterable<readonly Row[]>;
}

/** A file of records, or standard input, open for one reading. */
export interface Input extends Omit<Table, 'groups'> {
  /** Name of the input in messages. */
  name: string;
  /** Size of the file before decompression; undefined if unknown, as for standard input. */
  totalBytes: number | undefined;
  /** What the lines read so far are. */
  account: LineAccount;
  /** How many bytes of the file have been read. */
  bytesRead(): number;
  /**
   * @throws CommandError naming the line, if the rest of the file cannot be read; Error at the end of the file, if a line
   *   is missing in the account
   */
  rows: AsyncIterable<Row>;
  /** Stops reading: `rows` ends, even while it waits for more input. */
  close(): void;
}
