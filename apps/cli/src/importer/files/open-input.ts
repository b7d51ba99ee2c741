import { CommandError } from '../../terminal/command-error.ts';
import { readCsv } from './csv.ts';
import { decompress } from './decompress.ts';
import { findDelimiter } from './delimiter.ts';
import type { Input, Row, Table } from './input.ts';
import { LONGEST, wholeLines, type Lines } from './lines.ts';
import { readNdjson } from './ndjson.ts';
import { peek } from './peek.ts';
import { openSource, type Source } from './byte-source.ts';

/**
 * Opens a CSV or NDJSON file, or standard input for `-`. Detects from the content whether it is compressed with gzip or
 * zstd.
 *
 * @param delimiter of CSV; detected from the header if undefined
 * @throws CommandError if there is no such file, or its beginning is not that of a file of records
 */
export async function openInput(file: string, delimiter?: string): Promise<Input> {
  return readInput(await openSource(file), delimiter);
}

/**
 * Reads the beginning of an input, to detect its format and columns.
 *
 * @throws CommandError if the beginning is not that of a file of records
 */
export async function readInput({ name, totalBytes, stream }: Source, delimiter?: string): Promise<Input> {
  let bytes = 0;
  async function* chunks(): AsyncGenerator<Buffer, void> {
    try {
      for await (const chunk of stream) {
        bytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      throw new CommandError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }

  let isClosed = false;
  const close = () => {
    isClosed = true;
    stream.destroy();
  };
  const lines = wholeLines(name, decompress(name, chunks()));
  const { groups, ...table } = await (
    delimiter === undefined ? readTable(name, lines) : readCsv(name, lines, delimiter)
  ).catch((error: unknown) => {
    close();
    throw error;
  });
  async function* rows(): AsyncGenerator<Row, void> {
    try {
      for await (const group of groups) {
        for (const row of group) {
          if (isClosed) return;
          yield row;
        }
      }
    } catch (error) {
      if (!isClosed) throw error;
    } finally {
      close();
    }
  }
  return { ...table, name, totalBytes, bytesRead: () => bytes, rows: rows(), close };
}

/** An input that does not begin like JSON is CSV. */
async function readTable(name: string, lines: AsyncIterable<Lines>): Promise<Table> {
  const textOf = (read: readonly Lines[]) => Buffer.concat(read.map(({ bytes }) => bytes)).toString();
  const isNdjson = (text: string) => /^\s*\{/.test(text);

  const { head, items } = await peek(lines, (read) => {
    const text = textOf(read);
    return isNdjson(text) || findDelimiter(text) !== undefined || text.length > LONGEST;
  });
  const text = textOf(head);
  if (isNdjson(text)) return readNdjson(items);
  // The file may consist of a header alone, without a line end.
  return readCsv(name, items, findDelimiter(`${text}\n`) ?? ',');
}
