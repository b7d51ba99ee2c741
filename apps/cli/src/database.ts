import { openDatabase, type Database } from '@trackly/db';
import { openServers } from '@trackly/servers';

import { CommandError } from './command-error.ts';
import { readConfig } from './config.ts';

/** Runs a command on the database that the settings name, and leaves no server behind. */
export async function withDatabase<T>(use: (db: Database, url: string) => Promise<T>): Promise<T> {
  await using resources = new AsyncDisposableStack();
  const servers = await openServers(readConfig());
  resources.defer(() => servers.close());
  const db = openDatabase({ url: servers.databaseUrl, poolSize: 2, applicationName: 'trackly-cli' });
  resources.defer(() => db.$disconnect());
  return await use(db, servers.databaseUrl);
}

/** @throws when there is no account of that name, saying how to make one */
export async function findAccount(db: Database, name: string): Promise<{ id: bigint }> {
  const account = await db.account.findUnique({ where: { name } });
  if (account) return account;
  throw new CommandError(`There is no account "${name}": make it with "trackly keys create --account NAME".`);
}
