import { ContradictionError, loadMessages, loadOffers, type Loaded } from '@trackly/db';

import { CommandError } from '../../terminal/command-error.ts';
import { findAccount, withDatabase } from '../database.ts';
import { formatNumber } from '../../terminal/format-number.ts';
import type { Row } from '../../importer/files/input.ts';
import { openInput } from '../../importer/files/open-input.ts';
import { showProgress } from '../../terminal/progress.ts';
import { messageColumns, offerColumns } from './columns.ts';
import { toCountry } from './numbers.ts';
import { checkColumns, checkRow, toMessageRow, toOfferRow } from './rows.ts';

const ROWS_PER_UPDATE = 10_000;

/** The options of `trackly catalog load`. */
export interface LoadOptions {
  account: string;
  messages?: string;
  offers?: string;
  /** The country of phone numbers without one, such as `DE`. */
  defaultCountry?: string;
}

/**
 * Loads the given files, each as a whole or not at all.
 *
 * @throws CommandError naming the file, the line and what is wrong there
 */
export async function loadCatalog(options: LoadOptions): Promise<void> {
  const { account: name, messages, offers, defaultCountry } = options;
  if (!messages && !offers) throw new CommandError('Nothing to load: give --messages FILE, --offers FILE or both.');
  const country = defaultCountry === undefined ? undefined : toCountry(defaultCountry);
  await withDatabase(async (db, url) => {
    const { id } = await findAccount(db, name);
    if (offers) await loadFile('offers', offers, offerColumns, toOfferRow, (rows) => loadOffers(url, id, rows));
    if (messages) {
      const toEntry = (file: string, row: Row) => toMessageRow(file, row, country);
      await loadFile('messages', messages, messageColumns, toEntry, (rows) => loadMessages(url, id, rows));
    }
  });
}

async function loadFile<Entry>(
  noun: string,
  file: string,
  columns: readonly string[],
  toEntry: (name: string, row: Row) => Entry,
  load: (entries: AsyncIterable<Entry>) => Promise<Loaded>,
): Promise<void> {
  const input = await openInput(file);
  const progress = showProgress({ totalBytes: input.totalBytes, noun });
  let read = 0;
  async function* entries() {
    for await (const row of input.rows) {
      checkRow(input.name, row, (inner) => toEntry(input.name, inner));
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
    const { added, repeated } = await load(entries());
    const parts = [`${read} read`, `${added} added`, `${read - added - repeated} there already`];
    console.log(`${noun}: ${[...parts, ...(repeated > 0 ? [`${repeated} repeated`] : [])].join(', ')}`);
  } catch (error) {
    throw error instanceof ContradictionError ? explain(input.name, error) : error;
  } finally {
    progress.stop();
    input.close();
  }
}

function explain(file: string, { message, line, earlierLine }: ContradictionError): CommandError {
  const other = earlierLine === undefined ? 'an offer that was loaded before' : `line ${earlierLine}`;
  return new CommandError(
    `${file}, line ${line}: ${message} is also that of ${other}, which is not the same: leave one of the two.`,
  );
}
