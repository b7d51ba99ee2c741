import {
  storedFields,
  toJson,
  toRecordError,
  type Formulas,
  type KindSpec,
  type ListedRejection,
} from '@trackly/contract';

import { toCsvRows } from '../http/csv.ts';

/**
 * Formats a rejected record, or a warning, as one line of JSON. Writes the text of the record unchanged, so that nothing
 * gets lost.
 */
export function toJsonLine(kind: KindSpec, rejected: ListedRejection): string {
  const error = JSON.stringify({ ...toRecordError(kind, rejected), ...(rejected.isWarning && { warning: true }) });
  return `${error.slice(0, -1)},"record":${rejected.record ?? 'null'}}`;
}

/** Formats rejected records as lines of JSON. */
export function* toNdjson(kind: KindSpec, rejected: readonly ListedRejection[]): Generator<string> {
  for (const each of rejected) yield `${toJsonLine(kind, each)}\n`;
}

/**
 * Formats rejected records as CSV with a header: a column for each known field, and one with the whole record as JSON. If
 * the kind has warnings, a column says which rows are warnings.
 */
export function* toCsv(kind: KindSpec, rejected: readonly ListedRejection[], formulas: Formulas): Generator<string> {
  const fields = storedFields(kind);
  const hasWarnings = kind.warnings !== undefined;
  yield toCsvRows([['index', 'code', 'error', ...(hasWarnings ? ['warning'] : []), ...fields, 'record']], formulas);
  for (const each of rejected) {
    const { index, code, error } = toRecordError(kind, each);
    const values = fieldsOf(each.record);
    const cells = fields.map((field) => toCell(values[field]));
    const warning = hasWarnings ? [each.isWarning ? 'true' : ''] : [];
    yield toCsvRows([[index, code, error, ...warning, ...cells, each.record]], formulas);
  }
}

function fieldsOf(record: string | null): Partial<Record<string, unknown>> {
  const value: unknown = JSON.parse(record ?? 'null');
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function toCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : toJson(value);
}
