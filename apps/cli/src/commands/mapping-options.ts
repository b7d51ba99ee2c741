import type { Command } from 'commander';

import { parseDefault, parseMap, type MappingOptions } from '../mapping/options.ts';
import { notice } from '../notice.ts';
import { mergeOptions, readPreset } from '../mapping/preset.ts';

/** How a file says what the service takes. */
export interface MappingFlags {
  map?: MappingOptions['map'];
  default?: MappingOptions['default'];
  preset?: string;
  delimiter?: string;
  timezone?: string;
  dateFormat?: string;
  decimalComma?: boolean;
}

/** Adds the options that say how to read a file. */
export function addMappingOptions(command: Command): Command {
  return command
    .option(
      '--map <field=column,…>',
      'columns of the fields; A*B is the product of two (repeatable)',
      collect(parseMap),
    )
    .option('--preset <tune|everflow|FILE.json>', 'columns and formats of a platform, or your own')
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
      collect(parseDefault),
    );
}

/**
 * What the options say, those of the preset included.
 *
 * @throws CommandError when there is no such preset
 */
export function readMappingOptions(flags: MappingFlags): MappingOptions {
  const { map = {}, default: defaults = {}, preset, delimiter, timezone, dateFormat, decimalComma } = flags;
  const own: MappingOptions = {
    map,
    default: defaults,
    ...(delimiter !== undefined && { delimiter }),
    ...(timezone !== undefined && { timezone }),
    ...(dateFormat !== undefined && { date_format: dateFormat }),
    ...(decimalComma !== undefined && { decimal_comma: decimalComma }),
  };
  if (preset === undefined) return own;
  const options = mergeOptions(readPreset(preset), own);
  if (options.timezone === undefined && options.date_format !== undefined) {
    notice(`Times are read as UTC: say --timezone if ${preset} has written them in another zone.`);
  }
  return options;
}

/** An option that may be there several times adds up. */
function collect<T extends object>(parse: (text: string) => T): (text: string, before: T | undefined) => T {
  return (text, before) => ({ ...before, ...parse(text) });
}
