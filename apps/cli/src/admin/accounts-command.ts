import { Command } from 'commander';

import { CommandError } from '../terminal/command-error.ts';
import { formatTable } from '../terminal/table.ts';
import { print } from '../terminal/print.ts';

/** `trackly accounts`: suspends, resumes and checks accounts. */
export function accountsCommand(): Command {
  const accounts = new Command('accounts').description('Suspend, resume and check accounts');

  accounts
    .command('suspend')
    .description('Refuse all requests of an account; takes effect within ten seconds')
    .argument('<name>', 'name of the account')
    .addHelpText('after', '\nExample:\n  trackly accounts suspend acme')
    .action((name: string) => setSuspended(name, new Date()));

  accounts
    .command('resume')
    .description('Accept the requests of a suspended account again')
    .argument('<name>', 'name of the account')
    .addHelpText('after', '\nExample:\n  trackly accounts resume acme')
    .action((name: string) => setSuspended(name, null));

  accounts
    .command('check')
    .description('Compare the stats of every contact with its revenue rows; exit with 1 if any differ')
    .argument('[name]', 'name of the account (default: all accounts)')
    .addHelpText(
      'after',
      '\nReads all revenue rows of the account. Imports can run meanwhile.\n\nExample:\n  trackly accounts check acme',
    )
    .action(checkAccounts);

  return accounts;
}

async function checkAccounts(name: string | undefined): Promise<void> {
  const { findAccount, withDatabase } = await import('./database.ts');
  const { countDrift } = await import('@trackly/db');
  const checked = await withDatabase(async (db) => {
    const accounts = name ? [await findAccount(db, name)] : await db.account.findMany({ orderBy: { id: 'asc' } });
    const drifts: { account: string; drift: number }[] = [];
    for (const account of accounts) {
      drifts.push({ account: account.name, drift: await countDrift(db, String(account.id)) });
    }
    return drifts;
  });
  print(
    formatTable(
      ['ACCOUNT', 'CONTACTS THAT DIFFER'],
      checked.map(({ account, drift }) => [account, String(drift)]),
    ),
  );
  if (checked.some(({ drift }) => drift > 0)) {
    throw new CommandError('Stats and revenue rows differ: see "Stats and rows differ" in docs/operations.md.');
  }
}

async function setSuspended(name: string, suspendedAt: Date | null): Promise<void> {
  const { findAccount, withDatabase } = await import('./database.ts');
  await withDatabase(async (db) => {
    const { id } = await findAccount(db, name);
    await db.account.update({ where: { id }, data: { suspendedAt } });
  });
  print(`Account "${name}" is ${suspendedAt ? 'suspended' : 'active'}.`);
}
