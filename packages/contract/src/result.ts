import { Type } from '@sinclair/typebox';

import { ExactNumber, exactNumber, type RawJson } from './exact-number.ts';
import type { FieldValue, KindSpec, Rejection, Totals } from './kind.ts';

/** How many errors an answer lists; `error_count` counts them all. */
export const MAX_LISTED_ERRORS = 100;

/** What an import brought. */
export interface CompletedImport {
  successCount: number;
  /** Records that were there already, where the kind skips those. */
  skippedCount: number;
  totals: Totals;
  /** Every record that was not imported, in any order. */
  rejections: Rejection[];
}

/** Why a record was not imported, with the fields that the kind's errors repeat. */
export interface RecordError {
  index: number;
  code: string;
  error: string;
  [field: string]: FieldValue;
}

/** The documented answer to an import that is completed. */
export interface ImportResult {
  success_count: number;
  error_count: number;
  errors: RecordError[];
  /** What the kind counts and adds up. */
  [counted: string]: number | RawJson | RecordError[];
}

/** Why a record of a kind was not imported. */
export function errorCodeSchema({ title, errors }: KindSpec) {
  return Type.Unsafe<string>({ title: `${title}RecordErrorCode`, type: 'string', enum: Object.keys(errors) });
}

/** What kinds add up, as the properties of an answer: `total_revenue` for the field `revenue`. */
export function totalProperties(kinds: readonly KindSpec[], prefix: 'total' | 'removed') {
  return Object.fromEntries(kinds.flatMap(({ totals }) => totals.map((field) => [`${prefix}_${field}`, ExactNumber])));
}

/** Sums as they are answered. What nothing was added up of is zero. */
export function toTotals(kind: KindSpec, prefix: 'total' | 'removed', totals: Totals): Record<string, RawJson> {
  return Object.fromEntries(kind.totals.map((field) => [`${prefix}_${field}`, exactNumber(totals[field] ?? '0')]));
}

/** How many records were skipped, as the properties of an answer: of kinds that skip some. */
export function skippedProperties(kinds: readonly KindSpec[]) {
  const names = kinds.flatMap(({ skippedAs }) => skippedAs ?? []);
  const count = Type.Integer({ minimum: 0, description: 'Records that were there already, and are as they were.' });
  return Object.fromEntries(names.map((name) => [name, count]));
}

/** What a kind counts and adds up, beside the records that were imported and those that were not. */
export function toCounted(
  kind: KindSpec,
  { skippedCount, totals }: Pick<CompletedImport, 'skippedCount' | 'totals'>,
): Record<string, number | RawJson> {
  return { ...(kind.skippedAs && { [kind.skippedAs]: skippedCount }), ...toTotals(kind, 'total', totals) };
}

/** The fields that an error repeats, as its properties. */
function errorFieldProperties({ fields, errorFields }: KindSpec) {
  const repeated = Object.entries(fields).filter(([name]) => errorFields.includes(name));
  return Object.fromEntries(repeated.map(([name, { schema }]) => [name, Type.Union([schema, Type.Null()])]));
}

/** What says of a record why it was not imported, as it is listed. */
export function toRecordError(kind: KindSpec, { index, code, fields }: Rejection): RecordError {
  return { index, ...fields, code, error: kind.errors[code] ?? code };
}

export function resultSchema(kind: KindSpec) {
  const recordError = Type.Object(
    {
      index: Type.Integer({ minimum: 0, description: 'Position of the record in the request.' }),
      ...errorFieldProperties(kind),
      code: errorCodeSchema(kind),
      error: Type.String({ description: 'Why it was not imported, for people.' }),
    },
    { title: `${kind.title}RecordError` },
  );
  const result = Type.Object(
    {
      success_count: Type.Integer({ minimum: 0, description: 'Records imported.' }),
      error_count: Type.Integer({ minimum: 0, description: 'Records not imported.' }),
      ...skippedProperties([kind]),
      ...totalProperties([kind], 'total'),
      errors: Type.Array(recordError, {
        maxItems: MAX_LISTED_ERRORS,
        description: `The first ${MAX_LISTED_ERRORS} records that were not imported, by index.`,
      }),
    },
    { title: `${kind.title}ImportResponse` },
  );
  return Type.Unsafe<ImportResult>(result);
}

/** The documented answer to an import that is completed. */
export function toResult(kind: KindSpec, completed: CompletedImport): ImportResult {
  const { successCount, rejections } = completed;
  const listed = rejections.toSorted((a, b) => a.index - b.index).slice(0, MAX_LISTED_ERRORS);
  return {
    success_count: successCount,
    error_count: rejections.length,
    ...toCounted(kind, completed),
    errors: listed.map((rejection) => toRecordError(kind, rejection)),
  };
}
