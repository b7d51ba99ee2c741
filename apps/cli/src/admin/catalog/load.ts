import { loadMessages, loadOffers } from '@trackly/db';

import { CommandError } from '../../terminal/command-error.ts';
import { findAccount, withDatabase } from '../database.ts';
import { formatNumber } from '../../terminal/format-number.ts';
import type { Row } from '../../importer/files/input.ts';
import { openInput } from '../../importer/files/open-input.ts';
import { showProgress } from '../../terminal/progress.ts';
import { messageColumns, offerColumns } from './columns.ts';
import { checkColumns, toMessageRow, toOfferRow } from './rows.ts';

const ROWS_PER_UPDATE = 10_000;

/** The options of `trackly catalog load`. */
export interface LoadOptions {
  account: string;
  messages?: string;
  offers?: string;
}

/**
 * Loads the given files, each as a whole or not at all.
 *
 * @throws CommandError naming the file, the line and what is wrong there
 */
export async function loadCatalog({ account: name, messages, offers }: LoadOptions): Promise<void> {
  if (!messages && !offers) throw new CommandError('Nothing to load: give --messages FILE, --offers FILE or both.');
  await withDatabase(async (db, url) => {
    const { id } = await findAccount(db, name);
    if (offers) await loadFile('offers', offers, offerColumns, toOfferRow, (rows) => loadOffers(url, id, rows));
    if (messages) {
      await loadFile('messages', messages, messageColumns, toMessageRow, (rows) => loadMessages(url, id, rows));
    }
  });
}

async function loadFile<Entry>(
  noun: string,
  file: string,
  columns: readonly string[],
  toEntry: (name: string, row: Row) => Entry,
  load: (entries: AsyncIterable<Entry>) => Promise<number>,
): Promise<void> {
  const input = await openInput(file);
  const progress = showProgress({ totalBytes: input.totalBytes, noun });
  let read = 0;
  async function* entries() {
    for await (const row of input.rows) {
      if (row.problem) throw new CommandError(`${input.name}, line ${row.line}: ${row.problem}`);
      yield toEntry(input.name, row);
      read += 1;
      if (read % ROWS_PER_UPDATE === 0) progress.update(input.bytesRead(), { records: read });
    }
    progress.update(input.bytesRead(), { records: read });
    progress.stop();
    console.error(`${formatNumber(read)} ${noun} read, saving them`);
  }
  try {
    checkColumns(input, columns);
    const added = await load(entries());
    console.log(`${noun}: ${read} read, ${added} added, ${read - added} there already`);
  } finally {
    progress.stop();
    input.close();
  }
}
