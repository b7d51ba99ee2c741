import { CommandError } from '../../terminal/command-error.ts';
import { openSource, type Source } from './byte-source.ts';
import { readCsv } from './csv.ts';
import { decompress } from './decompress.ts';
import { findDelimiter } from './delimiter.ts';
import type { Input, InputFormat, Row, Table } from './input.ts';
import { checkAccount, emptyAccount, type LineAccount } from './line-account.ts';
import { findForm } from './json/form.ts';
import { readJson } from './json/read-json.ts';
import { hintAtHeader } from './hint-at-header.ts';
import { LineCounter, LONGEST, skipLines, wholeLines, type Lines } from './lines.ts';
import { peek } from './peek.ts';
import { refuseOtherFormats } from './other-formats.ts';
import { isRejectsFile } from './reject-columns.ts';
import { createTurns } from '../turns.ts';
import { toUtf8 } from './utf16.ts';

/**
 * Opens a CSV or JSON file, or standard input for `-`. Detects from the content whether it is compressed with gzip or
 * zstd.
 *
 * @param stop ends the input when it is aborted, at the latest after the next piece of the file
 * @throws CommandError if there is no such file, or its beginning is not that of a file of records
 */
export async function openInput(file: string, format: InputFormat = {}, stop?: AbortSignal): Promise<Input> {
  return readInput(await openSource(file), format, stop);
}

/**
 * Reads the beginning of an input, to detect its format and columns.
 *
 * @throws CommandError if the beginning is not that of a file of records
 */
export async function readInput(
  { name, totalBytes, stream }: Source,
  format: InputFormat = {},
  stop?: AbortSignal,
): Promise<Input> {
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
  stop?.addEventListener('abort', close);
  if (stop?.aborted) close();
  const account = emptyAccount();
  const counter = new LineCounter();
  const turn = createTurns();
  async function* counted(): AsyncGenerator<Buffer, void> {
    for await (const chunk of toUtf8(name, refuseOtherFormats(name, decompress(name, chunks())))) {
      await turn();
      if (isClosed) return;
      counter.add(chunk);
      yield chunk;
    }
  }
  const { groups, ...table } = await readTable(name, counted(), format, account).catch((error: unknown) => {
    close();
    throw error;
  });
  async function* rows(): AsyncGenerator<Row, void> {
    try {
      for await (const group of groups) {
        for (const row of group) {
          const due = turn();
          if (due) await due;
          if (isClosed) return;
          yield row;
        }
      }
      if (!isClosed) checkAccount(name, account, counter.lines);
    } catch (error) {
      if (!isClosed) throw error;
    } finally {
      close();
      stop?.removeEventListener('abort', close);
    }
  }
  return {
    ...table,
    name,
    totalBytes,
    account,
    bytesRead: () => bytes,
    rows: rows(),
    close,
  };
}

/** An input that does not begin like JSON is CSV. */
async function readTable(
  name: string,
  content: AsyncIterable<Buffer>,
  format: InputFormat,
  account: LineAccount,
): Promise<Table> {
  if (format.delimiter !== undefined || format.skip_lines !== undefined) {
    return readCsvTable(name, content, format, account);
  }
  const { form, items } = await findForm(content);
  return form ? readJson(name, form, items, account) : readCsvTable(name, items, format, account);
}

async function readCsvTable(
  name: string,
  content: AsyncIterable<Buffer>,
  format: InputFormat,
  account: LineAccount,
): Promise<Table> {
  const textOf = (read: readonly Lines[]) => Buffer.concat(read.map(({ bytes }) => bytes)).toString();
  const onSkipped = (lines: number) => {
    account.skipped += lines;
  };
  const start = await peek(wholeLines(name, content), (read) => read.length > 0);
  // A rejects file can be imported with the options of the file that it comes from.
  const isOwn = isRejectsFile(textOf(start.head));
  const { delimiter, quote, escape, skip_lines = 0 } = isOwn ? { delimiter: format.delimiter, quote: '"' } : format;

  const lines = skipLines(start.items, skip_lines, onSkipped);
  const quoteCharacter = quote === 'none' ? undefined : (quote ?? '"');
  const { head, items } = await peek(lines, (read) => {
    const text = textOf(read);
    return findDelimiter(text, quoteCharacter) !== undefined || text.length > LONGEST;
  });
  const text = textOf(head);
  const separator = SEPARATOR_LINE.exec(text);
  const beginning = separator ? text.slice(separator[0].length) : text;
  const csv = {
    // The file may consist of a header alone, without a line end.
    delimiter: delimiter ?? separator?.[1] ?? findDelimiter(`${beginning}\n`, quoteCharacter) ?? ',',
    quote: quoteCharacter,
    escape: escape ?? quoteCharacter ?? '"',
    trustsQuotes: quote !== undefined,
  };
  const table = await readCsv(name, separator ? skipLines(items, 1, onSkipped) : items, csv, account);
  const hint = hintAtHeader(beginning, quoteCharacter, skip_lines + (separator ? 1 : 0));
  return { ...table, hint, hasByteOrderMark: start.head[0]?.hasMark ?? false };
}

/** The first line by which a file tells Excel its delimiter. */
const SEPARATOR_LINE = /^"?sep=([^\r\n])"?(?:\r\n|\n|\r|$)/i;
