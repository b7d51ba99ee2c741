import type { Command } from 'commander';

import type { FileFields } from '../kinds/file-fields.ts';
import { parseDefault, parseMap } from '../mapping/pairs.ts';

/** Adds the options that say how to read a file of a kind. */
export function addMappingOptions(command: Command, kind: FileFields): Command {
  const presets = [...kind.presets.keys(), 'FILE.json'].join('|');
  return command
    .option(
      '--map <field=column,…>',
      'columns of the fields; A*B is the product of two (repeatable)',
      collect((pairs) => parseMap(kind, pairs)),
    )
    .option(`--preset <${presets}>`, 'columns and formats of a platform, or your own')
    .option(
      '--delimiter <text>',
      'between the cells of CSV (default: comma, semicolon, tab or |, as the header has it)',
    )
    .option('--timezone <zone>', 'zone of times that name none, such as Europe/Berlin (default: UTC)')
    .option('--date-format <format>', 'how times are written, such as "M/d/yy H:mm" (default: ISO 8601)')
    .option('--decimal-comma', 'amounts are written like 1.234,56')
    .option(
      '--default <field=value,…>',
      'for fields that the file leaves out or empty (repeatable)',
      collect((pairs) => parseDefault(kind, pairs)),
    );
}

/** An option that may be there several times adds up. */
function collect<T extends object>(parse: (text: string) => T): (text: string, before: T | undefined) => T {
  return (text, before) => ({ ...before, ...parse(text) });
}
