/** One record of a file, as the file has it. */
export interface Row {
  /** The line where the row begins, from 1. */
  line: number;
  /** The content of the file: the cells of a CSV row, or the one line of NDJSON. */
  cells: readonly string[];
  /** The values by column. Values of CSV are text. */
  fields: Readonly<Partial<Record<string, unknown>>>;
  /** Why the row cannot be a record. The rows after it can be read nevertheless. */
  problem?: string;
}

/** The format and columns of a file, and its rows, in groups as they were read together. */
export interface Table {
  format: 'csv' | 'ndjson';
  /** For CSV, the columns of the header in order; for NDJSON, those of the first records. */
  columns: readonly string[];
  /** The delimiter of CSV; empty for NDJSON. */
  delimiter: string;
  groups: AsyncIterable<readonly Row[]>;
}

/** A file of records, or standard input, open for one reading. */
export interface Input extends Omit<Table, 'groups'> {
  /** Name of the input in messages. */
  name: string;
  /** Size of the file before decompression; undefined if unknown, as for standard input. */
  totalBytes: number | undefined;
  /** How many of these bytes have been read. */
  bytesRead(): number;
  /** @throws CommandError naming the line, if the rest of the file cannot be read */
  rows: AsyncIterable<Row>;
  /** Stops reading: `rows` ends, even while it waits for more input. */
  close(): void;
}
