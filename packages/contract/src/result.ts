import { Type, type TSchema } from '@sinclair/typebox';

import { ExactNumber, exactNumber, type RawJson } from './exact-number.ts';
import { repeatedFields, type FieldValue, type KindSpec, type Rejection, type Totals } from './kind.ts';

/** Maximum number of errors that an answer lists. `error_count` counts all of them. */
export const MAX_LISTED_ERRORS = 100;

/** What else there is to say about the records of an import: numbers of records by the name of the notice. */
export type Notices = Readonly<Record<string, number>>;

/** The outcome of a completed import. */
export interface CompletedImport {
  successCount: number;
  /** Skipped records; 0 if the kind skips none. */
  skippedCount: number;
  totals: Totals;
  /** All rejected records, in any order. */
  rejections: Rejection[];
  /** Undefined if there is nothing to say. */
  notices?: Notices;
}

/** The reason for which a record was rejected, with the fields that the kind's errors repeat. */
export interface RecordError {
  index: number;
  code: string;
  error: string;
  [field: string]: FieldValue;
}

/** The answer to a completed import. */
export interface ImportResult {
  success_count: number;
  error_count: number;
  errors: RecordError[];
  /** The skipped records, the counts and the totals of the kind. */
  [counted: string]: number | RawJson | RecordError[];
}

/** The schema of the codes with which records of a kind are rejected. */
export function errorCodeSchema({ title, errors }: KindSpec) {
  return Type.Unsafe<string>({ title: `${title}RecordErrorCode`, type: 'string', enum: Object.keys(errors) });
}

/** The schema of the codes with which records of a kind are warned about; undefined if there are none. */
export function warningCodeSchema({ title, warnings }: KindSpec) {
  if (!warnings) return undefined;
  return Type.Unsafe<string>({ title: `${title}WarningCode`, type: 'string', enum: Object.keys(warnings) });
}

/** The properties of an answer about an import of one of several kinds. A property that only some kinds have is optional. */
function propertiesOf(
  kinds: readonly KindSpec[],
  ofKind: (kind: KindSpec) => Record<string, TSchema>,
): Record<string, TSchema> {
  const each = kinds.map(ofKind);
  const properties = each.flatMap((own) => Object.entries(own));
  return Object.fromEntries(
    properties.map(([name, schema]) => [
      name,
      each.every((own) => Object.hasOwn(own, name)) ? schema : Type.Optional(schema),
    ]),
  );
}

/** The schemas of the totals of kinds, by property: `total_revenue` for the field `revenue`. */
export function totalProperties(kinds: readonly KindSpec[], prefix: 'total' | 'removed') {
  return propertiesOf(kinds, ({ totals }) =>
    Object.fromEntries(totals.map((field) => [`${prefix}_${field}`, ExactNumber])),
  );
}

/** Converts totals to the properties of an answer. A missing total is zero. */
export function toTotals(kind: KindSpec, prefix: 'total' | 'removed', totals: Totals): Record<string, RawJson> {
  return Object.fromEntries(kind.totals.map((field) => [`${prefix}_${field}`, exactNumber(totals[field] ?? '0')]));
}

/** The schemas of the numbers of skipped records, for the kinds that skip records. */
export function skippedProperties(kinds: readonly KindSpec[]) {
  const count = Type.Integer({ minimum: 0, description: 'Skipped records: they existed already, and are unchanged.' });
  return propertiesOf(kinds, ({ skippedAs }) => (skippedAs === undefined ? {} : { [skippedAs]: count }));
}

/** The schemas of the counts of kinds. */
export function countProperties(kinds: readonly KindSpec[]) {
  return propertiesOf(kinds, ({ counts = {} }) => integersOf(counts));
}

function integersOf(counts: Readonly<Record<string, { description: string }>>): Record<string, TSchema> {
  return Object.fromEntries(
    Object.entries(counts).map(([name, { description }]) => [name, Type.Integer({ minimum: 0, description })]),
  );
}

/** The schemas of the counts of undos. */
export function undoCountProperties(kinds: readonly KindSpec[]) {
  return propertiesOf(kinds, ({ undoCounts = {} }) => integersOf(undoCounts));
}

/** The totals of what an undo has removed, and its counts, as properties of an answer. */
export function toUndone(kind: KindSpec, removedTotals: Totals): Record<string, number | RawJson> {
  const counts = Object.keys(kind.undoCounts ?? {}).map((name) => [name, Number(removedTotals[name] ?? 0)] as const);
  return { ...Object.fromEntries(counts), ...toTotals(kind, 'removed', removedTotals) };
}

/** The skipped records, the counts and the totals of a kind, as properties of an answer. */
export function toCounted(
  kind: KindSpec,
  { skippedCount, totals }: Pick<CompletedImport, 'skippedCount' | 'totals'>,
): Record<string, number | RawJson> {
  const counts = Object.entries(kind.counts ?? {});
  return {
    ...(kind.skippedAs && { [kind.skippedAs]: skippedCount }),
    ...Object.fromEntries(counts.map(([name, { constant }]) => [name, constant ?? Number(totals[name] ?? 0)])),
    ...toTotals(kind, 'total', totals),
  };
}

function errorCountProperties({ errorCounts = {} }: KindSpec): Record<string, TSchema> {
  return integersOf(errorCounts);
}

/** Counts rejections by code, as properties of an answer. */
function toErrorCounts({ errorCounts = {} }: KindSpec, rejections: readonly Rejection[]): Record<string, number> {
  const counts = Object.entries(errorCounts);
  return Object.fromEntries(
    counts.map(([name, { codes }]) => [name, rejections.filter(({ code }) => codes.includes(code)).length]),
  );
}

/** The schemas of the fields that an error repeats. */
export function errorFieldProperties(kinds: readonly KindSpec[]) {
  return propertiesOf(kinds, (kind) =>
    Object.fromEntries(repeatedFields(kind).map(([name, { schema }]) => [name, Type.Union([schema, Type.Null()])])),
  );
}

/** Converts a rejection, or a warning, to its form in an answer. */
export function toRecordError(kind: KindSpec, { index, code, fields }: Rejection): RecordError {
  return { index, ...fields, code, error: kind.errors[code] ?? kind.warnings?.[code] ?? code };
}

export function resultSchema(kind: KindSpec) {
  const recordError = Type.Object(
    {
      index: Type.Integer({ minimum: 0, description: 'Position of the record in the request.' }),
      ...errorFieldProperties([kind]),
      code: errorCodeSchema(kind),
      error: Type.String({ description: 'The reason, for people.' }),
    },
    { title: `${kind.title}RecordError` },
  );
  const result = Type.Object(
    {
      success_count: Type.Integer({ minimum: 0, description: 'Saved records.' }),
      error_count: Type.Integer({ minimum: 0, description: 'Rejected records.' }),
      ...errorCountProperties(kind),
      ...skippedProperties([kind]),
      ...countProperties([kind]),
      ...totalProperties([kind], 'total'),
      errors: Type.Array(recordError, {
        maxItems: MAX_LISTED_ERRORS,
        description: `The first ${MAX_LISTED_ERRORS} rejected records, by index.`,
      }),
    },
    { title: `${kind.title}ImportResponse` },
  );
  return Type.Unsafe<ImportResult>(result);
}

/** Converts the outcome of a completed import to the answer. */
export function toResult(kind: KindSpec, completed: CompletedImport): ImportResult {
  const { successCount, rejections } = completed;
  const listed = rejections.toSorted((a, b) => a.index - b.index).slice(0, MAX_LISTED_ERRORS);
  return {
    success_count: successCount,
    error_count: rejections.length,
    ...toErrorCounts(kind, rejections),
    ...toCounted(kind, completed),
    errors: listed.map((rejection) => toRecordError(kind, rejection)),
  };
}
