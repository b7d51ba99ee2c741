import { Command } from 'commander';

import { CommandError } from '../terminal/command-error.ts';
import { formatNumber } from '../terminal/format-number.ts';
import { print } from '../terminal/print.ts';

const PATIENCE_MS = 60_000;

/** `trackly contacts`: erases people. */
export function contactsCommand(): Command {
  const contacts = new Command('contacts').description('Erase people');

  contacts
    .command('erase')
    .description(
      'Erase a person from an account: contact, custom fields, and what the service keeps of rejected records',
    )
    .requiredOption('--account <name>', 'account that the contact belongs to')
    .argument('<phone>', 'phone number: + and 7 to 15 digits')
    .addHelpText(
      'after',
      `
The sums of the revenue stay, without the person. If imports with records of the person are not completed yet, the command
waits for them, up to a minute. For what remains in backups, logs and files, see "Erasing a person" in docs/operations.md.

Example:
  trackly contacts erase --account acme +15551000001`,
    )
    .action(erase);

  return contacts;
}

async function erase(phoneNumber: string, { account: name }: { account: string }): Promise<void> {
  const { findAccount, withDatabase } = await import('./database.ts');
  const { eraseContact } = await import('@trackly/db');
  const { PHONE_NUMBER_PATTERN } = await import('@trackly/contract');
  if (!new RegExp(PHONE_NUMBER_PATTERN).test(phoneNumber)) {
    throw new CommandError(`"${phoneNumber}" is not a phone number: write + and 7 to 15 digits, such as +15551000001.`);
  }
  const erased = await withDatabase(async (db) => {
    const account = await findAccount(db, name);
    return eraseContact(db, { accountId: String(account.id), phoneNumber, patienceMs: PATIENCE_MS });
  });
  const { removed, anonymized, ledgerEntries, openChunks } = erased;
  print(
    `Removed from lists: ${formatNumber(removed)}. Made anonymous, because messages or revenue refer to them: ` +
      `${formatNumber(anonymized)}. Imports and chunks whose rejected records named the number: ${formatNumber(ledgerEntries)}.`,
  );
  if (openChunks > 0) {
    throw new CommandError(
      'Imports with records of the person are not completed yet: run the command again when they are.',
    );
  }
}
