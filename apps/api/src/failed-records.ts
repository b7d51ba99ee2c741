import { keysOf, RevenueRecord, revenueRecordErrors, toJson } from '@trackly/contract';
import type { FailedRecord } from '@trackly/db';
import { stringify } from 'csv-stringify/sync';

const fields = keysOf(RevenueRecord.properties);

/** A failed record as JSON, on one line. The record's text is written as it is: nothing of it can get lost. */
export function toJsonLine({ index, code, record }: FailedRecord): string {
  const error = JSON.stringify({ index, code, error: revenueRecordErrors[code] });
  return `${error.slice(0, -1)},"record":${record ?? 'null'}}`;
}

/** Failed records as lines of JSON. */
export function* toNdjson(failed: readonly FailedRecord[]): Generator<string> {
  for (const each of failed) yield `${toJsonLine(each)}\n`;
}

/** Failed records as CSV, with a header: a record's known fields in columns of their own, and all of it as JSON. */
export function* toCsv(failed: readonly FailedRecord[]): Generator<string> {
  yield stringify([['index', 'code', 'error', ...fields, 'record']]);
  for (const { index, code, record } of failed) {
    const values = fieldsOf(record);
    const cells = fields.map((field) => toCell(values[field]));
    yield stringify([[index, code, revenueRecordErrors[code], ...cells, record]]);
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
