import { Command } from 'commander';

import { checkColumns, messageColumns, offerColumns, toMessageRow, toOfferRow } from '../catalog-rows.ts';
import { CommandError } from '../command-error.ts';
import { formatNumber } from '../format-number.ts';
import type { Row } from '../input/input.ts';
import { openInput } from '../input/open.ts';
import { showProgress } from '../progress.ts';

const ROWS_PER_UPDATE = 10_000;

/** `trackly catalog`: loads what revenue records refer to. */
export function catalogCommand(): Command {
  const catalog = new Command('catalog').description('Load what revenue records refer to');
  catalog
    .command('load')
    .description(
      'Load messages, with their lists and contacts, and offers from CSV files; what is there already is left alone',
    )
    .requiredOption('--account <name>', 'the account that gets them')
    .option('--messages <file>', `CSV with the columns ${messageColumns.join(',')}`)
    .option('--offers <file>', `CSV with the columns ${offerColumns.join(',')}; external_id may be empty`)
    .addHelpText(
      'after',
      '\nExample:\n  trackly catalog load --account acme --messages messages.csv --offers offers.csv',
    )
    .action(loadCatalog);
  return catalog;
}

interface LoadOptions {
  account: string;
  messages?: string;
  offers?: string;
}

async function loadCatalog({ account: name, messages, offers }: LoadOptions): Promise<void> {
  if (!messages && !offers) throw new CommandError('Nothing to load: give --messages FILE, --offers FILE or both.');
  const { findAccount, withDatabase } = await import('../database.ts');
  const { loadMessages, loadOffers } = await import('@trackly/db');

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
