import { CommandError } from '../../terminal/command-error.ts';
import { CsvScanner, CsvSyntaxError, type CsvDialect, type CsvRecord } from './csv-scanner.ts';
import { findInnerRows, quoteRemedy } from './inner-rows.ts';
import type { InnerRow, Row, Table } from './input.ts';
import type { LineAccount } from './line-account.ts';
import { LongLineError, type Lines } from './lines.ts';

/** How a CSV file is written, and whether its quotes may be trusted. */
export interface CsvFormat extends CsvDialect {
  /** Whether lines within quoted cells are part of the cell even if they look like rows. */
  trustsQuotes: boolean;
}

/**
 * Reads the header of a CSV file, and returns its rows as a stream.
 *
 * @param account receives what each line is
 * @throws CommandError if the file is empty
 */
export async function readCsv(
  name: string,
  lines: AsyncIterable<Lines>,
  format: CsvFormat,
  account: LineAccount,
): Promise<Omit<Table, 'hasByteOrderMark' | 'hint'>> {
  const groups = readRecords(name, lines, format, account);
  let group: CsvRecord[] = [];
  while (group.length === 0) {
    const next = await groups.next();
    if (next.done) throw new CommandError(`${name} is empty: its first line must name the columns.`);
    group = next.value;
  }
  const [header, ...first] = group;
  const columns = header?.cells.map((column) => column.trim()) ?? [];
  account.header += 1;
  account.continuation += (header?.lines ?? 1) - 1;

  const toRow = rowMaker(name, columns, format);
  const toRows = (records: CsvRecord[]) =>
    records.flatMap((record) => {
      account.continuation += record.lines - 1;
      if (isHeader(record, columns)) {
        account.repeated += 1;
        return [];
      }
      account.records += 1;
      return toRow(record);
    });
  async function* rows(): AsyncGenerator<Row[], void> {
    yield toRows(first);
    for await (const records of groups) yield toRows(records);
  }
  return { format: 'csv', columns, delimiter: format.delimiter, groups: rows() };
}

/** Whether a row names the columns again, as in files that were joined; with their byte order marks, perhaps. */
function isHeader({ cells }: CsvRecord, columns: readonly string[]): boolean {
  return (
    cells.length === columns.length &&
    cells.every((cell, place) => cell === columns[place] || withoutMark(cell).trim() === columns[place])
  );
}

function withoutMark(cell: string): string {
  return cell.startsWith('\uFEFF') ? cell.slice(1) : cell;
}

/** If a column occurs twice, `fields` has the value of the first one. */
function rowMaker(name: string, columns: readonly string[], format: CsvFormat): (record: CsvRecord) => Row {
  const places = new Map<string, number>();
  for (const [place, column] of columns.entries()) if (!places.has(column)) places.set(column, place);
  const distinct = [...places];

  const toRow = ({ line, cells }: Omit<CsvRecord, 'lines'>): Row => {
    const fields: Record<string, string | undefined> = {};
    for (const [column, place] of distinct) if (place < cells.length) fields[column] = unwrapFormula(cells[place]);
    const row: Row = { line, cells, fields };
    if (cells.length === columns.length) return row;
    if (cells.length > columns.length && cells.slice(columns.length).every((cell) => cell.trim() === '')) return row;
    const [values, names] = [count(cells.length, 'value'), count(columns.length, 'column')];
    const problem = `The row has ${values}; the first line names ${names}.`;
    return cells.length < columns.length
      ? { ...row, problem, lacks: columns.slice(cells.length) }
      : { ...row, problem };
  };

  return (record) => {
    const row = toRow(record);
    if (record.text === undefined || format.trustsQuotes) return row;
    const { text } = record;
    if (findInnerRows(record, format).next().done) return row;
    function* inner(): Generator<InnerRow, void> {
      for (const found of findInnerRows(record, format)) {
        const { opened, line } = found;
        const describe = () =>
          `${name}, line ${opened}: the quoted cell that begins here contains line ${line}, which looks like a row. ` +
          `${quoteRemedy(text, format, columns.length)} Add --quote '"' if the cell really has these lines.`;
        yield { row: toRow(found), describe };
      }
    }
    return { ...row, inner: { [Symbol.iterator]: inner } };
  };
}

/** Excel exports text that looks like a number as a formula: `="00123"`. */
function unwrapFormula(cell: string | undefined): string | undefined {
  return cell?.startsWith('="') && cell.endsWith('"') && cell.length > 2 ? cell.slice(2, -1) : cell;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Yields all rows that are not blank, the header included. Throws an error only after all rows before it. */
async function* readRecords(
  name: string,
  lines: AsyncIterable<Lines>,
  dialect: CsvDialect,
  account: LineAccount,
): AsyncGenerator<CsvRecord[], void> {
  let records: CsvRecord[] = [];
  let line = 1;
  const onRecord = (record: CsvRecord) => {
    line = record.line + record.lines;
    if (record.cells.every((cell) => cell.trim() === '')) account.blank += record.lines;
    else records.push(record);
  };
  let scanner: CsvScanner | undefined;
  try {
    for await (const { first, bytes } of lines) {
      if (!scanner) {
        scanner = new CsvScanner(dialect, first);
        line = first;
      }
      scanner.scan(bytes.toString(), false, onRecord);
      yield records;
      records = [];
    }
    scanner?.scan('', true, onRecord);
  } catch (error) {
    yield records;
    throw explain(error, name, line, dialect);
  }
  yield records;
}

/** Describes an error that ends reading, with the line where the unfinished row begins. */
function explain(error: unknown, name: string, line: number, dialect: CsvDialect): unknown {
  if (error instanceof LongLineError) return rowTooLong(name, line);
  if (!(error instanceof CsvSyntaxError)) return error;
  const { kind, text } = error;
  const at = `${name}, line ${error.line}:`;
  const width = text.split(/[\r\n]/, 1)[0]?.split(dialect.delimiter).length ?? 1;
  switch (kind) {
    case 'too long':
      return rowTooLong(name, error.line);
    case 'never closed':
      return new CommandError(
        `${at} a quote in the row that begins here is never closed. ${quoteRemedy(text, dialect, width)}`,
      );
    case 'not escaped':
      return new CommandError(
        `${at} a quote within a cell of the row that begins here has no ${dialect.escape} before it: add one, or leave ` +
          'out --escape if the file doubles its quotes.',
      );
  }
}

function rowTooLong(name: string, line: number): CommandError {
  return new CommandError(
    `${name}, line ${line}: the row that begins here is longer than 1 MiB: is a quote in it never closed?`,
  );
}
