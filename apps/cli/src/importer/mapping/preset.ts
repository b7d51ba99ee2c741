import { readFileSync } from 'node:fs';

import { Value, ValueErrorType, type ValueError } from '@sinclair/typebox/value';

import { CommandError } from '../../terminal/command-error.ts';
import type { FileFields } from '../kinds/file-fields.ts';
import { mappingOptions, type MappingOptions } from './mapping-options.ts';
import { quote } from './text.ts';

/**
 * Reads a preset: the mapping options for the exports of a platform.
 *
 * @param name of a preset of the kind, or the path of a .json file with MappingOptions
 * @throws CommandError if there is no such preset, or the file is not valid
 */
export function readPreset({ fields, presets }: FileFields, name: string): MappingOptions {
  const known = presets.get(name.toLowerCase());
  if (known) return known;
  if (!name.endsWith('.json')) {
    const names = [...presets.keys()].join(', ');
    throw new CommandError(`There is no preset ${quote(name)}: use ${names}, or a file such as mine.json.`);
  }
  const schema = mappingOptions(Object.keys(fields));
  const options = Value.Default(schema, readJson(name));
  if (Value.Check(schema, options)) {
    if (options.amounts === undefined || options.decimal_comma === undefined) return options;
    throw new CommandError(`${name}: amounts and decimal_comma describe the same: leave decimal_comma out.`);
  }
  const error = Value.Errors(schema, options).First();
  throw new CommandError(`${name}: ${error ? describe(error, fields, schema.properties) : 'it is not a preset'}.`);
}

/** Merges preset and flags. Flags override the preset: field by field, and column by column in conditions. */
export function mergeOptions(preset: MappingOptions, flags: MappingOptions): MappingOptions {
  const merged = {
    ...preset,
    ...flags,
    map: { ...preset.map, ...flags.map },
    default: { ...preset.default, ...flags.default },
    ...(preset.where && flags.where && { where: mergeConditions(preset.where, flags.where) }),
  };
  // Two names of one option: what the flags say of it replaces what the preset does.
  if (flags.amounts !== undefined) delete merged.decimal_comma;
  if (flags.decimal_comma !== undefined) delete merged.amounts;
  return merged;
}

function mergeConditions(preset: readonly string[], flags: readonly string[]): string[] {
  const columnOf = (condition: string) => condition.split(/!?=/)[0]?.trim();
  const given = new Set(flags.map(columnOf));
  return [...preset.filter((condition) => !given.has(columnOf(condition))), ...flags];
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      error instanceof SyntaxError ? `${file} is not JSON: ${reason}.` : `${file} cannot be read: ${reason}.`,
    );
  }
}

function describe({ path, schema, type }: ValueError, fields: object, options: object): string {
  const name = path.slice(1).replaceAll('/', '.');
  if (type === ValueErrorType.ObjectAdditionalProperties) {
    return `there is no ${name}; there are ${Object.keys(name.includes('.') ? fields : options).join(', ')}`;
  }
  return `${name || 'a preset'} must be ${schema.description ?? 'something else'}`;
}
