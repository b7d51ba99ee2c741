import type { TSchema } from '@sinclair/typebox';

import type { RequestErrorCode } from './errors.ts';

/** The PostgreSQL type of a field: `bigint` and `json` hold a JSON integer and a JSON object. */
export type ColumnType = 'text' | 'numeric' | 'timestamptz' | 'boolean' | 'bigint' | 'json';

/** A field of a record. Null counts as absent. An absent field gets the default of its schema, if it has one. */
export type RecordField<Code extends string = string> = FieldRules<Code> &
  (
    | { column: Exclude<ColumnType, 'json'> }
    /** An object has no default. */
    | { column: 'json'; /** The most bytes that the object may have as JSON without white space. */ mostBytes: number }
  );

interface FieldRules<Code extends string> {
  schema: TSchema;
  /** The code with which a record without the field is rejected; undefined if the field is optional. */
  missing?: Code;
  /** Another field, optional itself: a record that has it may lack this one. */
  alternative?: string;
  /** The code with which a record with an invalid value is rejected. */
  invalid: Code;
  /** Whether the default is the time when the import was accepted. */
  isAcceptanceTime?: boolean;
  /** Whether the field is checked and then forgotten: it is neither stored nor kept with rejected records. */
  isForgotten?: boolean;
}

/** The specification of a kind of import: what all parts of the service have to know about it. */
export interface KindSpec<Name extends string = string> {
  name: Name;
  /** Prefix of the names of its schemas. */
  title: string;
  /** The path to which records are sent, below the prefix of the API. */
  path: string;
  /** The name of the array of records in a body, and the codes that refuse a request if it is missing or too long. */
  list: { name: string; missing: RequestErrorCode; tooMany: RequestErrorCode };
  /**
   * The most bytes that a record may have as JSON without white space, unknown fields included, and the code with which a
   * longer one is rejected.
   */
  most?: { bytes: number; code: string };
  /** The fields of a record, in the order in which they are checked, stored and shown. */
  fields: Readonly<Record<string, RecordField>>;
  /**
   * The field that identifies a record, of a kind that skips or changes what is there already. Records that agree in it are
   * saved in the order of the request, however the request is cut into chunks.
   */
  identity?: string;
  /** The fields that an answer adds up. */
  totals: readonly string[];
  /** The name of the number of skipped records in an answer; undefined if the kind skips none. */
  skippedAs?: string;
  /** Numbers of saved records in an answer, by name: that of a column that says which records count, when they are saved. */
  counts?: Readonly<Record<string, Count>>;
  /** Numbers of rejected records in an answer, by name: those with one of the codes. `error_count` includes them. */
  errorCounts?: Readonly<Record<string, { codes: readonly string[]; description: string }>>;
  /**
   * Whether an import is undone as a whole or not at all, because rows of others refer to its rows. While anything refers
   * to them, the undo is refused.
   */
  isUndoneAsWhole?: true;
  /** Numbers in the answer to an undo, by name. Only of a kind that is undone as a whole. */
  undoCounts?: Readonly<Record<string, { description: string }>>;
  /** The fields that an error repeats, to identify its record: no objects. */
  errorFields: readonly string[];
  /** The texts of the error codes, in the order in which the causes are checked. All kinds have two of the codes. */
  errors: Readonly<Record<string, string>> & CommonErrors;
  /** The texts of the warnings about records that are not rejected, by code. */
  warnings?: Readonly<Record<string, string>>;
}

interface Count {
  description: string;
  /** The number in every answer. No column says which records count. */
  constant?: number;
}

interface CommonErrors {
  readonly invalid_record: string;
  readonly save_error: string;
}

type Fields<Code extends string> = Readonly<Record<string, RecordField<Code>>>;

/** Fields whose alternatives are fields, too. */
type WithAlternatives<F> = { readonly [Name in keyof F]: { alternative?: keyof F & string } };

type FieldOf<F, Column extends ColumnType> = {
  [Name in keyof F]: F[Name] extends { column: Column } ? Name : never;
}[keyof F];

/** Defines a kind of import. The types ensure that its fields use its codes, and that only numbers are added up. */
export function defineKind<
  const Name extends string,
  const Errors extends Readonly<Record<string, string>> & CommonErrors,
  const F extends Fields<keyof Errors & string>,
>(
  spec: KindSpec<Name> & {
    fields: F & WithAlternatives<F>;
    most?: { bytes: number; code: keyof Errors & string };
    identity?: FieldOf<F, 'text'>;
    totals: readonly FieldOf<F, 'numeric'>[];
    errorCounts?: Readonly<Record<string, { codes: readonly (keyof Errors & string)[]; description: string }>>;
    errorFields: readonly FieldOf<F, Exclude<ColumnType, 'json'>>[];
    errors: Errors;
  },
): typeof spec {
  return spec;
}

/** The fields that the errors of a kind repeat, with their names. */
export function repeatedFields({ fields, errorFields }: KindSpec): [name: string, field: RecordField][] {
  return Object.entries(fields).filter(([name]) => errorFields.includes(name));
}

/** The names of the fields that are stored, in their order. */
export function storedFields({ fields }: KindSpec): string[] {
  return Object.keys(fields).filter((name) => !fields[name]?.isForgotten);
}

/** The names of the counts that have a column. */
export function countColumns({ counts = {} }: KindSpec): string[] {
  return Object.keys(counts).filter((name) => counts[name]?.constant === undefined);
}

/** Totals by field, and counts by name: exact plain decimals. */
export type Totals = Partial<Record<string, string>>;

/** A record that passed every check that needs no database. Absent fields get their defaults when it is saved. */
export interface CheckedRecord {
  /** Position in the request. */
  index: number;
  /** The values in the order of the kind's fields; null for absent and forgotten ones. */
  values: readonly FieldValue[];
}

/** The value of a field. An object is its JSON. */
export type FieldValue = string | number | boolean | null;

/** A rejected record, or one with a warning: its position in the request, and the reason. */
export interface Rejection {
  index: number;
  code: string;
  /** The fields that the kind's errors repeat; null where the record has no valid value. */
  fields?: Readonly<Record<string, FieldValue>>;
}
