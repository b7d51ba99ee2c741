import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

import { CsvError, parse } from 'csv-parse';

import { CommandError } from './command-error.ts';

/** One row of a CSV file, by column. */
export interface CsvRow {
  fields: Partial<Record<string, string>>;
  /** Where it ends in the file, from 1. */
  line: number;
  /** Bytes of the file up to here. */
  bytes: number;
}

interface ParsedRow {
  record: Partial<Record<string, string>>;
  info: { lines: number; bytes: number };
}

export interface CsvColumns {
  required: readonly string[];
  optional?: readonly string[];
}

/**
 * Reads a CSV file with a header row, a row at a time. Of columns that nobody asked for it says once, on stderr, that
 * they are ignored: one of them may be a name misspelt.
 *
 * @throws CommandError with the line, when a column is missing or a row does not fit the header
 */
export async function* readCsv(file: string, columns: CsvColumns): AsyncGenerator<CsvRow> {
  let hasHeader = false;
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    columns: (header: string[]) => {
      hasHeader = true;
      return checkHeader(file, header, columns);
    },
  });
  const stream = createReadStream(file);
  stream.once('error', (error) => parser.destroy(new CommandError(`${file} cannot be read: ${error.message}.`)));
  const rows: AsyncIterable<ParsedRow> = stream.pipe(parser);
  try {
    for await (const { record, info } of rows) yield { fields: record, line: info.lines, bytes: info.bytes };
  } catch (error) {
    if (error instanceof CsvError) throw new CommandError(describeCsvError(file, error));
    throw error;
  } finally {
    stream.destroy();
  }
  if (!hasHeader) {
    throw new CommandError(`${file} is empty: its first line must name the columns ${columns.required.join(', ')}.`);
  }
}

function checkHeader(file: string, header: string[], { required, optional = [] }: CsvColumns): string[] {
  const names = header.map((name) => name.trim());
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new CommandError(
      `${file} lacks the column ${missing.join(', ')}: its first line must name the columns, and names ${names.join(', ')}.`,
    );
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index && name !== '');
  if (repeated) throw new CommandError(`${file} has the column ${repeated} twice: remove one.`);

  const ignored = names.filter((name) => !required.includes(name) && !optional.includes(name));
  if (ignored.length > 0) process.stderr.write(`${file}: ignoring the column ${ignored.join(', ')}\n`);
  return names;
}

function describeCsvError(file: string, { code, message, ...context }: CsvError): string {
  const line = 'lines' in context ? `, line ${String(context['lines'])}` : '';
  switch (code) {
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
      return `${file}${line}: the row must have as many values as the first line has columns.`;
    case 'CSV_QUOTE_NOT_CLOSED':
      return `${file}: a quote that is opened at line ${/\d+$/.exec(message)?.[0] ?? '?'} is never closed.`;
    case 'INVALID_OPENING_QUOTE':
      return `${file}${line}: a quote inside a value must be doubled, and the value quoted.`;
    default:
      return `${file}${line}: ${message}.`;
  }
}

/** Groups what a generator yields into arrays of at most `size`. */
export async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** @throws CommandError when there is no such file */
export async function fileSize(file: string): Promise<number> {
  const entry = await stat(file).catch(() => undefined);
  if (!entry) throw new CommandError(`There is no file ${file}: check its name.`);
  if (entry.isDirectory()) throw new CommandError(`${file} is a folder: give a CSV file.`);
  return entry.size;
}
