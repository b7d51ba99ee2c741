import type { MappingOptions } from '../mapping/mapping-options.ts';

/**
 * The type of a field. It decides how a file may write the field: only amounts may be products of columns. An object of the
 * type `json` is the text of one in CSV, or collected from several columns.
 */
export type FieldType = 'text' | 'amount' | 'time' | 'boolean' | 'integer' | 'json' | 'phone' | 'list_number';

/** A field of a record in a file. */
export interface FileField {
  type: FieldType;
  /** Whether every record must have the field. */
  isRequired?: boolean;
  /** Another field: a record that has it may lack this one, which is required otherwise. */
  alternative?: string;
  /** Whether the file or --default must give the field, although the API has a default: it could be meant otherwise. */
  mustBeGiven?: boolean;
  /** Other names that its column may have. */
  alsoCalled?: readonly string[];
  /** Columns that are collected in an object, if the file has no column for it. */
  collects?: readonly string[];
  /** The code of the API for an invalid value. Default: `invalid_` and the name. */
  invalid?: string;
}

/** The fields of a kind of import in files. */
export interface FileFields {
  /** In the order in which help and messages list them. */
  fields: Readonly<Record<string, FileField>>;
  /** Mapping options for the exports of known platforms, by platform. */
  presets: ReadonlyMap<string, MappingOptions>;
  /** Example values of --map and --default. */
  examples: { map: string; default: string };
}

/** The names of the required fields. */
export function requiredFields({ fields }: FileFields): string[] {
  return Object.keys(fields).filter((field) => fields[field]?.isRequired);
}

/** The code of a value that cannot be read. */
export function invalidCode(field: string, { invalid = `invalid_${field}` }: FileField): string {
  return invalid;
}
