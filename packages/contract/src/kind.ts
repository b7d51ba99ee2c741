import type { TSchema } from '@sinclair/typebox';

import type { RequestErrorCode } from './errors.ts';

/** How PostgreSQL holds the values of a field. */
export type ColumnType = 'text' | 'numeric' | 'timestamptz';

/** A field of a record. Null counts as absent; what is absent gets the default of its schema, if that has one. */
export interface RecordField<Code extends string = string> {
  schema: TSchema;
  column: ColumnType;
  /** Why a record without it is rejected; it may be absent when there is none. */
  missing?: Code;
  /** Why a record is rejected whose value is not as it should be. */
  invalid: Code;
  /** Whether the default is the time at which the import was accepted. */
  isAcceptanceTime?: boolean;
}

/** What all that deals with imports has to know of a kind of them. */
export interface KindSpec<Name extends string = string> {
  name: Name;
  /** What the names of its schemas begin with. */
  title: string;
  /** Where records are sent, below the prefix of the API. */
  path: string;
  /** The array of records in a body, and why a request is refused in which it is missing, or too long. */
  list: { name: string; missing: RequestErrorCode; tooMany: RequestErrorCode };
  /** The fields of a record, in the order in which they are checked, kept and shown. */
  fields: Readonly<Record<string, RecordField>>;
  /** The fields that an answer adds up. */
  totals: readonly string[];
  /** What an answer calls the number of records that were skipped; undefined when the kind skips none. */
  skippedAs?: string;
  /** The fields that an error repeats, so that it can be told which record it is about. */
  errorFields: readonly string[];
  /** Why a record was not imported, by code, in the order in which the causes are looked for. Two are of all kinds. */
  errors: Readonly<Record<string, string>> & CommonErrors;
}

interface CommonErrors {
  readonly invalid_record: string;
  readonly save_error: string;
}

type Fields<Code extends string> = Readonly<Record<string, RecordField<Code>>>;

type NumericFieldOf<F> = { [Name in keyof F]: F[Name] extends { column: 'numeric' } ? Name : never }[keyof F];

/** Defines a kind of import: its fields name codes that it has, and only numbers are added up. */
export function defineKind<
  const Name extends string,
  const Errors extends Readonly<Record<string, string>> & CommonErrors,
  const F extends Fields<keyof Errors & string>,
>(
  spec: KindSpec<Name> & {
    fields: F;
    totals: readonly NumericFieldOf<F>[];
    errorFields: readonly (keyof F)[];
    errors: Errors;
  },
): typeof spec {
  return spec;
}

/** Exact sums by the field that was added up: plain decimals. */
export type Totals = Partial<Record<string, string>>;

/** A record that passed every check that needs no database. What is absent gets its default when it is saved. */
export interface CheckedRecord {
  /** Position in the request. */
  index: number;
  /** In the order of the kind's fields; null where there is none. */
  values: readonly FieldValue[];
}

export type FieldValue = string | number | null;

/** A record that was not imported: its position in the request, and why. */
export interface Rejection {
  index: number;
  code: string;
  /** Those that the kind's errors repeat; null where the record has none that can be one. */
  fields?: Readonly<Record<string, FieldValue>>;
}
