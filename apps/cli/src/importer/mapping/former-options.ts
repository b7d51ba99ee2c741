import type { FileFields } from '../kinds/file-fields.ts';
import type { MappingOptions } from './mapping-options.ts';
import { NOW } from './sources.ts';

/**
 * The options of an import that a former version began, as they are written now. It did not ask for fields that must be
 * given, and left those that were missing to the service.
 */
export function fromFormer({ fields }: FileFields, options: MappingOptions): MappingOptions {
  const left = Object.keys(fields).filter((field) => fields[field]?.mustBeGiven);
  return { ...options, default: { ...Object.fromEntries(left.map((field) => [field, NOW])), ...options.default } };
}
