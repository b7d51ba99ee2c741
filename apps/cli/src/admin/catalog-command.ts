import { Command } from 'commander';

import { messageColumns, offerColumns } from './catalog/columns.ts';
import type { LoadOptions } from './catalog/load.ts';

/** `trackly catalog`: loads the messages and offers that revenue records refer to. */
export function catalogCommand(): Command {
  const catalog = new Command('catalog').description('Load the messages and offers that revenue records refer to');
  catalog
    .command('load')
    .description(
      'Load messages (with their lists and contacts) and offers from CSV files; existing ones are left unchanged',
    )
    .requiredOption('--account <name>', 'account to load them into')
    .option('--messages <file>', `CSV with the columns ${messageColumns.join(',')}`)
    .option('--offers <file>', `CSV with the columns ${offerColumns.join(',')}; external_id may be empty`)
    .addHelpText(
      'after',
      '\nExample:\n  trackly catalog load --account acme --messages messages.csv --offers offers.csv',
    )
    .action(async (options: LoadOptions) => {
      const { loadCatalog } = await import('./catalog/load.ts');
      await loadCatalog(options);
    });
  return catalog;
}
