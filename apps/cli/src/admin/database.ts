import { openDatabase, type Database } from '@trackly/db';
import { openServers } from '@trackly/servers';

import { CommandError, Interruption } from '../terminal/command-error.ts';
import { readConfig } from '../config.ts';

/**
 * Opens the configured database for the duration of `use`. Stops an embedded server that it has started, even after
 * SIGINT or SIGTERM.
 *
 * @throws Interruption after a signal
 */
export async function withDatabase<T>(use: (db: Database) => Promise<T>): Promise<T> {
  const interrupted = Promise.withResolvers<never>();
  const onSignal = (signal: NodeJS.Signals) => interrupted.reject(new Interruption(signal));
  // While the server starts, nothing awaits this promise yet: unhandled, its rejection would end the process.
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
  return await Promise.race([interrupted.promise, use(db)]);
}

/** @throws CommandError if there is no account of that name */
export async function findAccount(db: Database, name: string): Promise<{ id: bigint; name: string }> {
  const account = await db.account.findUnique({ where: { name } });
  if (account) return account;
  throw new CommandError(`There is no account "${name}": create it with "trackly keys create --account NAME".`);
}
