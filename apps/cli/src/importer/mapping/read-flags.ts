import { CommandError } from '../../terminal/command-error.ts';
import { notice } from '../../terminal/notice.ts';
import type { FileFields } from '../kinds/file-fields.ts';
import type { AmountForm } from './amount-forms.ts';
import type { MappingOptions } from './mapping-options.ts';
import { mergeOptions, readPreset } from './preset.ts';

/** The options that describe how to read a file. */
export interface MappingFlags {
  map?: MappingOptions['map'];
  default?: MappingOptions['default'];
  preset?: string;
  delimiter?: string;
  quote?: string;
  escape?: string;
  skipLines?: number;
  where?: string[];
  timezone?: string;
  dateFormat?: string;
  defaultCountry?: string;
  amounts?: AmountForm;
  decimalComma?: boolean;
}

/**
 * Merges the options on the command line with those of the preset.
 *
 * @throws CommandError if there is no such preset, or its file is not valid
 */
export function readMappingOptions(kind: FileFields, flags: MappingFlags): MappingOptions {
  const { map = {}, default: defaults = {}, preset, timezone, dateFormat, amounts, decimalComma } = flags;
  const { delimiter, quote, escape, skipLines, where, defaultCountry } = flags;
  if (escape !== undefined && quote === 'none') {
    throw new CommandError('--escape needs quotes: leave out --escape or --quote none.');
  }
  const own: MappingOptions = {
    map,
    default: defaults,
    ...(delimiter !== undefined && { delimiter }),
    ...(quote !== undefined && { quote }),
    ...(escape !== undefined && { escape }),
    ...(skipLines !== undefined && { skip_lines: skipLines }),
    ...(where !== undefined && { where }),
    ...(timezone !== undefined && { timezone }),
    ...(dateFormat !== undefined && { date_format: dateFormat }),
    ...(defaultCountry !== undefined && { default_country: defaultCountry }),
    ...(amounts !== undefined && { amounts }),
    ...(decimalComma !== undefined && { decimal_comma: decimalComma }),
  };
  if (preset === undefined) return own;
  const options = mergeOptions(readPreset(kind, preset), own);
  if (options.where !== undefined && where === undefined) {
    notice(`The preset ${preset} leaves out all rows but those with ${alternatives(options.where)}.`);
  }
  if (options.timezone === undefined && options.date_format !== undefined) {
    notice(`Times are read as UTC: add --timezone if ${preset} has written them in another zone.`);
  }
  return options;
}

function alternatives(conditions: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(conditions);
}
