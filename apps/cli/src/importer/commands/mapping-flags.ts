import type { Command } from 'commander';

import type { FileFields } from '../kinds/file-fields.ts';
import { parseDefault, parseMap } from '../mapping/pairs.ts';

/** Adds the options that describe how to read a file of a kind. */
export function addMappingOptions(command: Command, kind: FileFields): Command {
  const presets = [...kind.presets.keys(), 'FILE.json'].join('|');
  return command
    .option(
      '--map <field=column,…>',
      'column of each field; A*B is the product of two columns (repeatable)',
      collect((pairs) => parseMap(kind, pairs)),
    )
    .option(`--preset <${presets}>`, 'columns and formats of a platform, or of your own file')
    .option('--delimiter <text>', 'delimiter of CSV (default: comma, semicolon, tab or |, detected from the header)')
    .option('--timezone <zone>', 'time zone of times without one, such as Europe/Berlin (default: UTC)')
    .option('--date-format <format>', 'format of times, such as "M/d/yy H:mm" (default: ISO 8601)')
    .option('--decimal-comma', 'amounts are written like 1.234,56')
    .option(
      '--default <field=value,…>',
      'values for fields that are missing or empty in the file (repeatable)',
      collect((pairs) => parseDefault(kind, pairs)),
    );
}

/** Merges the values of an option that occurs several times. */
function collect<T extends object>(parse: (text: string) => T): (text: string, before: T | undefined) => T {
  return (text, before) => ({ ...before, ...parse(text) });
}
