import type { Row, Table } from '../input.ts';
import type { LineAccount } from '../line-account.ts';
import { wholeLines } from '../lines.ts';
import { peek } from '../peek.ts';
import { readDocument } from './document.ts';
import type { JsonForm } from './form.ts';
import { readNdjson } from './ndjson.ts';
import { columnsOf, isObject } from './record.ts';

/** How many records are read to learn the columns. */
const RECORDS_OF_COLUMNS = 100;

/**
 * Reads the beginning of a JSON file to learn its columns, and returns its rows as a stream.
 *
 * @param account receives what each line is
 */
export async function readJson(
  name: string,
  form: JsonForm,
  chunks: AsyncIterable<Buffer>,
  account: LineAccount,
): Promise<Table> {
  const rows = form === 'ndjson' ? readNdjson(wholeLines(name, chunks), account) : readDocument(name, chunks, account);
  const { head, items: groups } = await peek(rows, (read) => read.flat().length >= RECORDS_OF_COLUMNS);
  const columns = columnsOf(head.flat().slice(0, RECORDS_OF_COLUMNS));
  return { format: 'ndjson', columns, hint: hintAtArray(head.flat()), delimiter: '', hasByteOrderMark: false, groups };
}

/** Says how to read the records if an object has them in a member. */
function hintAtArray([first]: readonly Row[]): string | undefined {
  const found = Object.entries(first?.fields ?? {}).find(([, value]) => Array.isArray(value) && isObject(value[0]));
  return (
    found && `If the records are in ${found[0]}, write them one per line, for instance with jq -c '.${found[0]}[]'`
  );
}
