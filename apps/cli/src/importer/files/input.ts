/** One record of a file, as it is there. */
export interface Row {
  /** Where it begins, from 1. */
  line: number;
  /** What the file says: the cells of a CSV row, or the one line of NDJSON. */
  cells: readonly string[];
  /** By column. Values of CSV are text. */
  fields: Readonly<Partial<Record<string, unknown>>>;
  /** Why the row cannot be a record, though those after it can be read. */
  problem?: string;
}

/** What the beginning of a file says about it, and its rows, in groups as they come out of what was read at once. */
export interface Table {
  format: 'csv' | 'ndjson';
  /** Of CSV those of the header, in its order; of NDJSON those that its first records have. */
  columns: readonly string[];
  /** Between the cells of CSV; empty for NDJSON. */
  delimiter: string;
  groups: AsyncIterable<readonly Row[]>;
}

/** A file of records, or standard input, open for one reading. */
export interface Input extends Omit<Table, 'groups'> {
  /** As messages call it. */
  name: string;
  /** Size of the file, compressed as it is; undefined when nobody knows, as of standard input. */
  totalBytes: number | undefined;
  /** How much of it has been read. */
  bytesRead(): number;
  /** @throws CommandError with the line, when the file cannot be read on */
  rows: AsyncIterable<Row>;
  /** Stops reading: rows ends, even while it waits for more. */
  close(): void;
}
