import { readFileSync } from 'node:fs';

import { Value, ValueErrorType, type ValueError } from '@sinclair/typebox/value';

import { CommandError } from '../../terminal/command-error.ts';
import { MappingOptions } from './mapping-options.ts';
import { presets } from '../kinds/revenue-presets.ts';
import { quote } from './text.ts';

/**
 * What is known about the exports of a platform.
 *
 * @param name `tune`, `everflow` or the path of a .json file with MappingOptions
 * @throws CommandError saying what is wrong with the name or in the file
 */
export function readPreset(name: string): MappingOptions {
  const known = presets.get(name);
  if (known) return known;
  if (!name.endsWith('.json')) {
    const names = [...presets.keys()].join(' and ');
    throw new CommandError(`There is no preset ${quote(name)}: there are ${names}, or give a file, such as mine.json.`);
  }
  const options = Value.Default(MappingOptions, readJson(name));
  if (Value.Check(MappingOptions, options)) return options;
  const error = Value.Errors(MappingOptions, options).First();
  throw new CommandError(`${name}: ${error ? describe(error) : 'it is no preset'}.`);
}

/** Preset and flags together. Where both say something, even of one field, the flags win. */
export function mergeOptions(preset: MappingOptions, flags: MappingOptions): MappingOptions {
  return {
    ...preset,
    ...flags,
    map: { ...preset.map, ...flags.map },
    default: { ...preset.default, ...flags.default },
  };
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

function describe({ path, schema, type }: ValueError): string {
  const name = path.slice(1).replaceAll('/', '.');
  if (type === ValueErrorType.ObjectAdditionalProperties) {
    const siblings = name.includes('.') ? MappingOptions.properties.map.properties : MappingOptions.properties;
    return `there is no ${name}; there are ${Object.keys(siblings).join(', ')}`;
  }
  return `${name || 'a preset'} must be ${schema.description ?? 'something else'}`;
}
