import { toJson, toRecordError, type KindSpec } from '@trackly/contract';
import type { StoredRejection } from '@trackly/db';
import { stringify } from 'csv-stringify/sync';

/** A rejected record as JSON, on one line. The record's text is written as it is: nothing of it can get lost. */
export function toJsonLine(kind: KindSpec, rejected: StoredRejection): string {
  const error = JSON.stringify(toRecordError(kind, rejected));
  return `${error.slice(0, -1)},"record":${rejected.record ?? 'null'}}`;
}

/** Rejected records as lines of JSON. */
export function* toNdjson(kind: KindSpec, rejected: readonly StoredRejection[]): Generator<string> {
  for (const each of rejected) yield `${toJsonLine(kind, each)}\n`;
}

/** Rejected records as CSV, with a header: a record's known fields in columns of their own, and all of it as JSON. */
export function* toCsv(kind: KindSpec, rejected: readonly StoredRejection[]): Generator<string> {
  const fields = Object.keys(kind.fields);
  yield stringify([['index', 'code', 'error', ...fields, 'record']]);
  for (const each of rejected) {
    const { index, code, error } = toRecordError(kind, each);
    const values = fieldsOf(each.record);
    const cells = fields.map((field) => toCell(values[field]));
    yield stringify([[index, code, error, ...cells, each.record]]);
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
