import { ContradictionError, loadCatalog as saveCatalog } from '@trackly/db';

import { CommandError } from '../../terminal/command-error.ts';
import { findAccount, withDatabase } from '../database.ts';
import { messageColumns, offerColumns } from './columns.ts';
import { toCountry } from '../../importer/mapping/numbers.ts';
import { openFile } from './open-file.ts';
import { toMessageRow, toOfferRow } from './rows.ts';

/** The options of `trackly catalog load`. */
export interface LoadOptions {
  account: string;
  messages?: string;
  offers?: string;
  /** The country of phone numbers without one, such as `DE`. */
  defaultCountry?: string;
}

/**
 * Loads the given files, all of them as a whole or none.
 *
 * @throws CommandError naming the file, the line and what is wrong there
 */
export async function loadCatalog(options: LoadOptions): Promise<void> {
  if (!options.messages && !options.offers) {
    throw new CommandError('Nothing to load: give --messages FILE, --offers FILE or both.');
  }
  const country = options.defaultCountry === undefined ? undefined : toCountry(options.defaultCountry);
  await withDatabase(async (db, url) => {
    const { id } = await findAccount(db, options.account);
    using files = new DisposableStack();
    const offers = options.offers ? await openFile('offers', options.offers, offerColumns, toOfferRow) : undefined;
    files.defer(() => offers?.close());
    const messages = options.messages
      ? await openFile('messages', options.messages, messageColumns, (file, row) => toMessageRow(file, row, country))
      : undefined;
    files.defer(() => messages?.close());

    const entries = { offers: offers?.entries, messages: messages?.entries };
    const loaded = await saveCatalog(url, id, entries).catch((error: unknown) => {
      if (!(error instanceof ContradictionError)) throw error;
      const { name = '' } = (error.file === 'offers' ? offers : messages) ?? {};
      throw explain(name, error);
    });
    if (loaded.offers) offers?.report(loaded.offers);
    if (loaded.messages) messages?.report(loaded.messages);
  });
}

function explain(file: string, { message, line, earlierLine }: ContradictionError): CommandError {
  const other = earlierLine === undefined ? 'an offer that was loaded before' : `line ${earlierLine}`;
  return new CommandError(
    `${file}, line ${line}: ${message} is also that of ${other}, which is not the same: leave one of the two.`,
  );
}
