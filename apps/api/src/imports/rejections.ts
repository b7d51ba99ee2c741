import { toJson, toRecordError, type Formulas, type KeptRejection, type KindSpec } from '@trackly/contract';

import { toCsvRows } from '../http/csv.ts';

/**
 * Formats a rejected record as one line of JSON. Writes the text of the record unchanged, so that nothing gets lost.
 */
export function toJsonLine(kind: KindSpec, rejected: KeptRejection): string {
  const error = JSON.stringify(toRecordError(kind, rejected));
  return `${error.slice(0, -1)},"record":${rejected.record ?? 'null'}}`;
}

/** Formats rejected records as lines of JSON. */
export function* toNdjson(kind: KindSpec, rejected: readonly KeptRejection[]): Generator<string> {
  for (const each of rejected) yield `${toJsonLine(kind, each)}\n`;
}

/**
 * Formats rejected records as CSV with a header: a column for each known field, and one with the whole record as JSON.
 */
export function* toCsv(kind: KindSpec, rejected: readonly KeptRejection[], formulas: Formulas): Generator<string> {
  const fields = Object.keys(kind.fields);
  yield toCsvRows([['index', 'code', 'error', ...fields, 'record']], formulas);
  for (const each of rejected) {
    const { index, code, error } = toRecordError(kind, each);
    const values = fieldsOf(each.record);
    const cells = fields.map((field) => toCell(values[field]));
    yield toCsvRows([[index, code, error, ...cells, each.record]], formulas);
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
