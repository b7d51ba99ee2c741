import { openDatabase, type Database } from '@trackly/db';
import { openServers } from '@trackly/servers';

import { CommandError, Interruption } from '../terminal/command-error.ts';
import { readConfig } from '../config.ts';

/** Runs a command on the database that the settings name, and leaves no server behind, even when it is interrupted. */
export async function withDatabase<T>(use: (db: Database, url: string) => Promise<T>): Promise<T> {
  const interrupted = Promise.withResolvers<never>();
  const onSignal = (signal: NodeJS.Signals) => interrupted.reject(new Interruption(signal));
  // There may be nobody to tell yet, while the server starts.
  interrupted.promise.catch(() => undefined);

  await using resources = new AsyncDisposableStack();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, onSignal);
    resources.defer(() => void process.off(signal, onSignal));
  }
  const servers = await openServers(readConfig());
  resources.defer(() => servers.close());
  const db = openDatabase({ url: servers.databaseUrl, poolSize: 2, applicationName: 'trackly-cli' });
  resources.defer(() => db.$disconnect());
  return await Promise.race([interrupted.promise, use(db, servers.databaseUrl)]);
}

/** @throws when there is no account of that name, saying how to make one */
export async function findAccount(db: Database, name: string): Promise<{ id: bigint; name: string }> {
  const account = await db.account.findUnique({ where: { name } });
  if (account) return account;
  throw new CommandError(`There is no account "${name}": make it with "trackly keys create --account NAME".`);
}
