import { Command } from 'commander';

import { print } from '../terminal/print.ts';

/** `trackly migrate`: brings database and queue up to date. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Apply pending migrations to DATABASE_URL, or to the embedded server')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgresql://user:password@host/database trackly migrate')
    .action(async () => {
      const { migrateServers } = await import('@trackly/servers');
      const { readConfig } = await import('../config.ts');
      const applied = await migrateServers(readConfig());
      print(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The database is up to date.');
    });
}
