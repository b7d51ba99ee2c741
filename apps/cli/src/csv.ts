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

/**
 * Reads a CSV file with a header row, a row at a time.
 *
 * @throws CommandError with the line, when a column is missing or a row does not fit the header
 */
export async function* readCsv(file: string, requiredColumns: readonly string[]): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    columns: (header: string[]) => {
      const columns = header.map((column) => column.trim());
      const missing = requiredColumns.filter((column) => !columns.includes(column));
      if (missing.length === 0) return columns;
      throw new CommandError(`${file} lacks the column ${missing.join(', ')}; its columns are: ${columns.join(', ')}.`);
    },
  });
  const stream = createReadStream(file);
  stream.once('error', (error) => parser.destroy(new CommandError(`${file} cannot be read: ${error.message}.`)));
  const rows: AsyncIterable<ParsedRow> = stream.pipe(parser);
  try {
    for await (const { record, info } of rows) yield { fields: record, line: info.lines, bytes: info.bytes };
  } catch (error) {
    if (error instanceof CsvError) throw new CommandError(`${file}: ${error.message}`);
    throw error;
  } finally {
    stream.destroy();
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
  try {
    return (await stat(file)).size;
  } catch {
    throw new CommandError(`There is no file ${file}.`);
  }
}
