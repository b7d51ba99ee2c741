import { Type } from '@sinclair/typebox';

import { ExactNumber, exactNumber, type RawJson } from './exact-number.ts';
import type { KindSpec, Rejection, Totals } from './kind.ts';

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

/** The documented answer to an import that is completed. */
export interface ImportResult {
  success_count: number;
  error_count: number;
  [total: `total_${string}`]: RawJson;
  errors: { index: number; code: string; error: string }[];
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

export function resultSchema(kind: KindSpec) {
  const recordError = Type.Object(
    {
      index: Type.Integer({ minimum: 0, description: 'Position of the record in the request.' }),
      code: errorCodeSchema(kind),
      error: Type.String({ description: 'Why it was not imported, for people.' }),
    },
    { title: `${kind.title}RecordError` },
  );
  const result = Type.Object(
    {
      success_count: Type.Integer({ minimum: 0, description: 'Records imported.' }),
      error_count: Type.Integer({ minimum: 0, description: 'Records not imported.' }),
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
export function toResult(kind: KindSpec, { successCount, totals, rejections }: CompletedImport): ImportResult {
  const listed = rejections.toSorted((a, b) => a.index - b.index).slice(0, MAX_LISTED_ERRORS);
  return {
    success_count: successCount,
    error_count: rejections.length,
    ...toTotals(kind, 'total', totals),
    errors: listed.map(({ index, code }) => ({ index, code, error: errorText(kind, code) })),
  };
}

/** Why a record was not imported, for people. */
export function errorText({ errors }: KindSpec, code: string): string {
  return errors[code] ?? code;
}
