import type { Database } from '@trackly/db';
import { Command } from 'commander';

import { messageColumns, offerColumns, toMessageRow, toOfferRow } from '../catalog-rows.ts';
import { CommandError } from '../command-error.ts';
import { fileSize, inBatches, readCsv, type CsvRow } from '../csv.ts';
import { showProgress } from '../progress.ts';

const BATCH_SIZE = 5_000;

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
  const { analyzeCatalog, loadMessages, loadOffers } = await import('@trackly/db');

  await withDatabase(async (db: Database) => {
    const { id } = await findAccount(db, name);
    if (offers) await loadFile('offers', offers, offerColumns, toOfferRow, (rows) => loadOffers(db, id, rows));
    if (messages)
      await loadFile('messages', messages, messageColumns, toMessageRow, (rows) => loadMessages(db, id, rows));
    await analyzeCatalog(db);
  });
}

async function loadFile<Row>(
  noun: string,
  file: string,
  columns: readonly string[],
  toRow: (file: string, row: CsvRow) => Row,
  load: (rows: Row[]) => Promise<number>,
): Promise<void> {
  const progress = showProgress(await fileSize(file), noun);
  let [read, added] = [0, 0];
  try {
    for await (const batch of inBatches(readCsv(file, columns), BATCH_SIZE)) {
      added += await load(batch.map((row) => toRow(file, row)));
      read += batch.length;
      progress.update(batch.at(-1)?.bytes ?? 0, read);
    }
  } finally {
    progress.stop();
  }
  console.log(`${noun}: ${read} read, ${added} added, ${read - added} there already`);
}
