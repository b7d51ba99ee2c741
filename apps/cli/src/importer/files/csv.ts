import { CsvError, parse } from 'csv-parse';

import { CommandError } from '../../terminal/command-error.ts';
import type { Row, Table } from './input.ts';
import { LONGEST, LongLineError, type Lines } from './lines.ts';

interface CsvRecord {
  line: number;
  cells: string[];
}

/**
 * Reads the header of a CSV file, and returns its rows as a stream.
 *
 * @throws CommandError if the file is empty
 */
export async function readCsv(name: string, lines: AsyncIterable<Lines>, delimiter: string): Promise<Table> {
  const groups = readRecords(name, lines, delimiter);
  let group: CsvRecord[] = [];
  while (group.length === 0) {
    const next = await groups.next();
    if (next.done) throw new CommandError(`${name} is empty: its first line must name the columns.`);
    group = next.value;
  }
  const [header, ...first] = group;
  const columns = header?.cells.map((column) => column.trim()) ?? [];
  const toRow = rowMaker(columns);
  async function* rows(): AsyncGenerator<Row[], void> {
    yield first.map(toRow);
    for await (const records of groups) yield records.map(toRow);
  }
  return { format: 'csv', columns, delimiter, groups: rows() };
}

/** If a column occurs twice, `fields` has the value of the first one. */
function rowMaker(columns: readonly string[]): (record: CsvRecord) => Row {
  const places = new Map<string, number>();
  for (const [place, column] of columns.entries()) if (!places.has(column)) places.set(column, place);
  const distinct = [...places];

  return ({ line, cells }) => {
    const fields: Record<string, string | undefined> = {};
    for (const [column, place] of distinct) if (place < cells.length) fields[column] = cells[place];
    if (cells.length === columns.length) return { line, cells, fields };
    const [values, names] = [count(cells.length, 'value'), count(columns.length, 'column')];
    const problem = `The row has ${values}; the first line names ${names}.`;
    return { line, cells, fields, problem };
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Yields all rows that are not blank, the header included. Throws an error only after all rows before it. */
async function* readRecords(
  name: string,
  lines: AsyncIterable<Lines>,
  delimiter: string,
): AsyncGenerator<CsvRecord[], void> {
  let line = 1;
  let records: CsvRecord[] = [];
  const take = () => {
    const taken = records;
    records = [];
    return taken;
  };
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: LONGEST,
    on_record: (cells: string[]) => {
      if (cells.length > 1 || cells[0]?.trim()) records.push({ line, cells });
      line += 1 + countLineBreaks(cells);
      return null;
    },
  });
  // The callbacks of write and end receive the error, too; without a listener it would also end the process.
  parser.on('error', () => undefined);
  try {
    for await (const { bytes } of lines) {
      await settled((done) => parser.write(bytes, done));
      yield take();
    }
    await settled((done) => parser.end(done));
  } catch (error) {
    // The parser looks ahead: when an error ends the lines, it may still hold back a complete row.
    await settled((done) => parser.end(done)).catch(() => undefined);
    yield take();
    throw explain(error, name, line);
  }
  yield take();
}

function countLineBreaks(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return breaks;
}

/** Describes an error that ends reading, with the line where the unfinished row begins. */
function explain(error: unknown, name: string, line: number): unknown {
  const code = error instanceof CsvError ? error.code : undefined;
  if (code === 'CSV_MAX_RECORD_SIZE' || error instanceof LongLineError) {
    const text = 'the row that begins here is longer than 1 MiB: is a quote in it never closed?';
    return new CommandError(`${name}, line ${line}: ${text}`);
  }
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    const text =
      'a quote in the row that begins here is never closed: close it, or double it if it is part of the value.';
    return new CommandError(`${name}, line ${line}: ${text}`);
  }
  return error;
}

function settled(act: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => act((error) => (error ? reject(error) : resolve())));
}
