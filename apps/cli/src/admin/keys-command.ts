import { Command } from 'commander';

import { createApiKey, hashApiKey, isWholeKey } from './api-key.ts';
import { CommandError } from '../terminal/command-error.ts';
import { formatTable } from '../terminal/table.ts';
import { print } from '../terminal/print.ts';

const LONGEST_NAME = 255;

/** `trackly keys`: creates, lists and revokes API keys. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('Create, list and revoke API keys');

  keys
    .command('create')
    .description('Create a key, and its account if it is new. Prints the key on the last line, and never again.')
    .requiredOption('--account <name>', 'account that the key belongs to')
    .addHelpText('after', '\nExample:\n  trackly keys create --account acme')
    .action(async ({ account: name }: { account: string }) => {
      const { withDatabase } = await import('./database.ts');
      if (name.trim() === '' || Array.from(name).length > LONGEST_NAME) {
        throw new CommandError(`--account must be a name of 1 to ${LONGEST_NAME} characters.`);
      }
      const { key, hash, prefix } = createApiKey();
      await withDatabase(async (db) => {
        const account = await db.account.upsert({ where: { name }, create: { name }, update: {} });
        await db.apiKey.create({ data: { accountId: account.id, keyHash: hash, prefix } });
      });
      print(`API key for account "${name}":\n${key}`);
    });

  keys
    .command('list')
    .description('List all keys by their first characters; times are in UTC')
    .addHelpText('after', '\nExample:\n  trackly keys list')
    .action(async () => {
      const { withDatabase } = await import('./database.ts');
      const rows = await withDatabase((db) =>
        db.apiKey.findMany({ include: { account: true }, orderBy: [{ accountId: 'asc' }, { id: 'asc' }] }),
      );
      print(
        formatTable(
          ['ACCOUNT', 'PREFIX', 'CREATED', 'LAST USED', 'REVOKED'],
          rows.map((row) => [
            row.account.name,
            row.prefix,
            day(row.createdAt),
            day(row.lastUsedAt),
            day(row.revokedAt),
          ]),
        ),
      );
    });

  keys
    .command('revoke')
    .description('Revoke a key; it stops working within ten seconds')
    .argument('<prefix>', 'prefix that "trackly keys list" shows, or the whole key')
    .addHelpText('after', '\nExample:\n  trackly keys revoke trk_a1B2')
    .action(async (prefix: string) => {
      const { withDatabase } = await import('./database.ts');
      const named = isWholeKey(prefix) ? { keyHash: hashApiKey(prefix) } : { prefix };
      await withDatabase(async (db) => {
        const found = await db.apiKey.findMany({ where: { ...named, revokedAt: null }, include: { account: true } });
        const [apiKey, ...others] = found;
        if (!apiKey) throw new CommandError(`There is no active key "${prefix}": see "trackly keys list".`);
        if (others.length > 0)
          throw new CommandError(`${found.length} keys begin with "${prefix}": give the whole key.`);
        const { accountId, id } = apiKey;
        await db.apiKey.update({ where: { accountId_id: { accountId, id } }, data: { revokedAt: new Date() } });
        print(`Revoked ${apiKey.prefix}… of account "${apiKey.account.name}".`);
      });
    });

  return keys;
}

function day(date: Date | null): string {
  return date ? date.toISOString().slice(0, 16).replace('T', ' ') : '-';
}
