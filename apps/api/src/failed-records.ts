import { errorText, toJson, type KindSpec } from '@trackly/contract';
import type { FailedRecord } from '@trackly/db';
import { stringify } from 'csv-stringify/sync';

/** A failed record as JSON, on one line. The record's text is written as it is: nothing of it can get lost. */
export function toJsonLine(kind: KindSpec, { index, code, record }: FailedRecord): string {
  const error = JSON.stringify({ index, code, error: errorText(kind, code) });
  return `${error.slice(0, -1)},"record":${record ?? 'null'}}`;
}

/** Failed records as lines of JSON. */
export function* toNdjson(kind: KindSpec, failed: readonly FailedRecord[]): Generator<string> {
  for (const each of failed) yield `${toJsonLine(kind, each)}\n`;
}

/** Failed records as CSV, with a header: a record's known fields in columns of their own, and all of it as JSON. */
export function* toCsv(kind: KindSpec, failed: readonly FailedRecord[]): Generator<string> {
  const fields = Object.keys(kind.fields);
  yield stringify([['index', 'code', 'error', ...fields, 'record']]);
  for (const { index, code, record } of failed) {
    const values = fieldsOf(record);
    const cells = fields.map((field) => toCell(values[field]));
    yield stringify([[index, code, errorText(kind, code), ...cells, record]]);
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
