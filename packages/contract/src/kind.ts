import type { TSchema } from '@sinclair/typebox';

/** How PostgreSQL holds the values of a field. */
export type ColumnType = 'text' | 'numeric' | 'timestamptz';

/** A field of a record. Null counts as absent. */
export interface RecordField<Code extends string = string> {
  schema: TSchema;
  column: ColumnType;
  /** Why a record without it is rejected; it may be absent when there is none. */
  missing?: Code;
  /** Why a record is rejected whose value is not as it should be. */
  invalid: Code;
}

/** What all that deals with imports has to know of a kind of them. */
export interface KindSpec<Name extends string = string> {
  name: Name;
  /** What the names of its schemas begin with. */
  title: string;
  /** The fields of a record, in the order in which they are checked, kept and shown. */
  fields: Readonly<Record<string, RecordField>>;
  /** The fields that an answer adds up. */
  totals: readonly string[];
  /** Why a record was not imported, by code, in the order in which the causes are looked for. Two are of all kinds. */
  errors: Readonly<Record<string, string>> & { readonly invalid_record: string; readonly save_error: string };
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
}
