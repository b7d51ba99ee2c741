import { Command } from 'commander';

/** `trackly accounts`: suspends and resumes accounts. */
export function accountsCommand(): Command {
  const accounts = new Command('accounts').description('Suspend and resume accounts');

  accounts
    .command('suspend')
    .description('Refuse all requests of an account, within ten seconds')
    .argument('<name>', 'of the account')
    .addHelpText('after', '\nExample:\n  trackly accounts suspend acme')
    .action((name: string) => setSuspended(name, new Date()));

  accounts
    .command('resume')
    .description('Take requests of a suspended account again')
    .argument('<name>', 'of the account')
    .addHelpText('after', '\nExample:\n  trackly accounts resume acme')
    .action((name: string) => setSuspended(name, null));

  return accounts;
}

async function setSuspended(name: string, suspendedAt: Date | null): Promise<void> {
  const { findAccount, withDatabase } = await import('../database.ts');
  await withDatabase(async (db) => {
    const { id } = await findAccount(db, name);
    await db.account.update({ where: { id }, data: { suspendedAt } });
  });
  console.log(`Account "${name}" is ${suspendedAt ? 'suspended' : 'active'}.`);
}
