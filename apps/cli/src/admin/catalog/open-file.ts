import type { Loaded } from '@trackly/db';

import { formatNumber } from '../../terminal/format-number.ts';
import { notice } from '../../terminal/notice.ts';
import { showProgress } from '../../terminal/progress.ts';
import { print } from '../../terminal/print.ts';
import type { Row } from '../../importer/files/input.ts';
import { countLines, describeLines } from '../../importer/files/line-account.ts';
import { openInput } from '../../importer/files/open-input.ts';
import { checkColumns, checkRow } from './rows.ts';

const ROWS_PER_UPDATE = 10_000;

/** A file of the catalog, open for one reading. */
export interface CatalogFile<Entry> {
  name: string;
  /** @throws CommandError naming the file, the line and what is wrong there */
  entries: AsyncIterable<Entry>;
  /** Prints what became of the rows. */
  report(loaded: Loaded): void;
  close(): void;
}

/**
 * Opens a file of the catalog.
 *
 * @param noun names its entries
 * @param columns that it must have
 * @param toEntry throws a CommandError for a row that is none
 * @throws CommandError if there is no such file, or it lacks columns
 */
export async function openFile<Entry>(
  noun: string,
  file: string,
  columns: readonly string[],
  toEntry: (name: string, row: Row) => Entry,
): Promise<CatalogFile<Entry>> {
  const input = await openInput(file);
  const { name, account } = input;
  try {
    checkColumns(input, columns);
  } catch (error) {
    input.close();
    throw error;
  }
  let read = 0;
  async function* entries() {
    const progress = showProgress({ totalBytes: input.totalBytes, noun });
    try {
      for await (const row of input.rows) {
        checkRow(name, row, columns, (inner) => toEntry(name, inner));
        yield toEntry(name, row);
        read += 1;
        if (read % ROWS_PER_UPDATE === 0) progress.update(input.bytesRead(), { records: read });
      }
      progress.update(input.bytesRead(), { records: read });
    } finally {
      progress.stop();
    }
    notice(`${noun}: ${formatNumber(read)} read`);
  }
  return {
    name,
    entries: entries(),
    report: ({ added, repeated, differing, firstDiffering }) => {
      const parts = [`${read} read`, `${added} added`, `${read - added - repeated} there already`];
      print(`${noun}: ${[...parts, ...(repeated > 0 ? [`${repeated} repeated`] : [])].join(', ')}`);
      if (countLines(account) > account.header + account.records) print(`  lines ${describeLines(account)}`);
      if (differing === 0) return;
      const first = differing === 1 ? '' : ` (the first of ${formatNumber(differing)})`;
      notice(`${name}, line ${firstDiffering}: this is there already with other values, which stay${first}.`);
    },
    close: () => input.close(),
  };
}
