import type { Row } from '../input.ts';
import type { LineAccount } from '../line-account.ts';
import type { Lines } from '../lines.ts';
import { BrokenJson, parseRecord } from './record.ts';

/** Reads a JSON object from each line. A line that is none is a row with a problem. */
export async function* readNdjson(lines: AsyncIterable<Lines>, account: LineAccount): AsyncGenerator<Row[], void> {
  for await (const { first, bytes } of lines) {
    const rows: Row[] = [];
    const texts = bytes.toString().split(/\r\n|\n|\r/);
    // What comes after the last line end is no line.
    if (texts.at(-1) === '') texts.pop();
    for (const [index, text] of texts.entries()) if (text.trim() !== '') rows.push(toRow(first + index, text));
    account.records += rows.length;
    account.blank += texts.length - rows.length;
    yield rows;
  }
}

function toRow(line: number, text: string): Row {
  const fields = parseRecord(text);
  if (fields !== undefined && !(fields instanceof BrokenJson)) return { line, cells: [text], fields };
  return { line, cells: [text], fields: {}, problem: 'The line is not a JSON object.' };
}
