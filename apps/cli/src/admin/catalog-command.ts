import { Command } from 'commander';

import { messageColumns, offerColumns } from './catalog/columns.ts';
import type { LoadOptions } from './catalog/load.ts';

const HELP = `
Phone numbers are saved as + and 7 to 15 digits; +1 (555) 100-0001 is read as +15551000001. The number of a list can also
be a short code of 4 to 8 digits. A number that can be read in two ways, such as 491711234567 with --default-country DE,
is refused, and so are numbers and ids such as 1.5551E+10: make their columns text in the spreadsheet.

Equal rows are counted as repeated; blank rows and further headers are skipped and counted. If anything is wrong, nothing
of both files is loaded: a row lacks a cell, rows have the same id but differ, or two offers have the same external_id.

Example:
  trackly catalog load --account acme --messages messages.csv --offers offers.csv`;

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
    .option('--default-country <country>', 'country of phone numbers without one, such as DE or US')
    .addHelpText('after', HELP)
    .action(async (options: LoadOptions) => {
      const { loadCatalog } = await import('./catalog/load.ts');
      await loadCatalog(options);
    });
  return catalog;
}
