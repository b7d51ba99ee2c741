import type { Row, Table } from './input.ts';
import type { LineAccount } from './line-account.ts';
import type { Lines } from './lines.ts';
import { peek } from './peek.ts';

/** How many lines are read to learn the columns. */
const LINES_OF_COLUMNS = 100;

/** Reads the beginning of an NDJSON file to learn its columns, and returns its rows as a stream. */
export async function readNdjson(lines: AsyncIterable<Lines>, account: LineAccount): Promise<Table> {
  const { head, items: groups } = await peek(
    readRows(lines, account),
    (read) => read.flat().length >= LINES_OF_COLUMNS,
  );
  const rows = head.flat().slice(0, LINES_OF_COLUMNS);
  const columns = [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))];
  return { format: 'ndjson', columns, delimiter: '', groups };
}

async function* readRows(lines: AsyncIterable<Lines>, account: LineAccount): AsyncGenerator<Row[], void> {
  for await (const { first, bytes, count } of lines) {
    const rows: Row[] = [];
    for (const [index, text] of bytes
      .toString()
      .split(/\r\n|\n|\r/)
      .entries()) {
      if (text.trim() !== '') rows.push(toRow(first + index, text));
    }
    account.records += rows.length;
    account.blank += count - rows.length;
    yield rows;
  }
}

function toRow(line: number, text: string): Row {
  const value = parseJson(text);
  if (isObject(value)) return { line, cells: [text], fields: value };
  return { line, cells: [text], fields: {}, problem: 'The line is not a JSON object.' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
