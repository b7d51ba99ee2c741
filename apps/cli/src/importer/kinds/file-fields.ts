import type { MappingOptions } from '../mapping/mapping-options.ts';

/** What a field of a record holds, and so how a file may write it: amounts may be products of columns. */
export type FieldType = 'text' | 'amount' | 'time';

/** A field of a record, as files have it. */
export interface FileField {
  type: FieldType;
  /** Without it there is no record. */
  isRequired?: boolean;
}

/** The fields of a kind of import, as files have them. */
export interface FileFields {
  /** In the order in which people expect them. */
  fields: Readonly<Record<string, FileField>>;
  /** What is known about the exports of platforms. */
  presets: ReadonlyMap<string, MappingOptions>;
  /** How values of --map and --default look. */
  examples: { map: string; default: string };
}

/** The fields without which there is no record. */
export function requiredFields({ fields }: FileFields): string[] {
  return Object.keys(fields).filter((field) => fields[field]?.isRequired);
}
