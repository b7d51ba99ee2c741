import { notice } from '../../terminal/notice.ts';
import type { FileFields } from '../kinds/file-fields.ts';
import type { MappingOptions } from './mapping-options.ts';
import { mergeOptions, readPreset } from './preset.ts';

/** The options that describe how to read a file. */
export interface MappingFlags {
  map?: MappingOptions['map'];
  default?: MappingOptions['default'];
  preset?: string;
  delimiter?: string;
  timezone?: string;
  dateFormat?: string;
  decimalComma?: boolean;
}

/**
 * Merges the options on the command line with those of the preset.
 *
 * @throws CommandError if there is no such preset, or its file is not valid
 */
export function readMappingOptions(kind: FileFields, flags: MappingFlags): MappingOptions {
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
  const options = mergeOptions(readPreset(kind, preset), own);
  if (options.timezone === undefined && options.date_format !== undefined) {
    notice(`Times are read as UTC: add --timezone if ${preset} has written them in another zone.`);
  }
  return options;
}
