import { Type } from '@sinclair/typebox';

import { roundAmount } from './amount.ts';
import type { CheckedRecord, ColumnType, FieldValue, KindSpec, Rejection } from './kind.ts';
import { MAX_FIELDS, recordSchema } from './request.ts';
import { parseTimestamp } from './timestamp.ts';
import { compile } from './validation.ts';

/** A record that the checks rejected, as it was sent. */
export interface RejectedRecord extends Rejection {
  record: unknown;
}

export interface CheckedBatch {
  checked: CheckedRecord[];
  rejected: RejectedRecord[];
}

type Fields = Partial<Record<string, unknown>>;

/** The checks of records that need no database. */
export interface RecordChecks {
  /** Checks records that are known to fit the schema, for what a schema cannot express. */
  checkValid: (records: readonly Fields[], now: number) => CheckedBatch;
  /** Checks records of which nothing is known, one by one. */
  checkUnknown: (records: readonly unknown[], now: number) => CheckedBatch;
}

const isObject = compile(Type.Object({}));
const hasFewFields = compile(Type.Object({}, { maxProperties: MAX_FIELDS }));

/** Creates the checks of a kind of import from its fields. */
export function createChecks(kind: KindSpec): RecordChecks {
  const rules = Object.entries(kind.fields).map(([name, field]) => {
    const fits = compile(field.schema);
    const toKept = TO_KEPT[field.column];
    const isValid = (value: unknown, now: number) => fits(value) && toKept(value, now) !== undefined;
    return { name, ...field, toKept, isValid };
  });
  const repeated = rules.filter(({ name }) => kind.errorFields.includes(name));
  const fitsSchema = compile(recordSchema(kind));

  function checkValues(record: Fields, index: number, now: number): CheckedRecord | string {
    const values = rules.map(({ name, toKept }) => toKept(record[name], now));
    return isWhole(values) ? { index, values } : (rules[values.indexOf(undefined)]?.invalid ?? 'invalid_record');
  }

  function firstError(record: unknown, now: number): string {
    if (!hasFewFields(record)) return 'invalid_record';
    const fields: Fields = record;
    for (const { name, isValid, missing, invalid } of rules) {
      const value = fields[name];
      const isAbsent = value === undefined || value === null;
      if (missing && (isAbsent || isBlank(value))) return missing;
      if (!isAbsent && !isValid(value, now)) return invalid;
    }
    return 'invalid_record';
  }

  function checkEach<T>(
    records: readonly T[],
    now: number,
    check: (record: T, index: number) => CheckedRecord | string,
  ): CheckedBatch {
    const batch: CheckedBatch = { checked: [], rejected: [] };
    records.forEach((record, index) => {
      const result = check(record, index);
      if (typeof result !== 'string') batch.checked.push(result);
      else batch.rejected.push({ index, code: result, ...errorFieldsOf(record, now), record });
    });
    return batch;
  }

  function errorFieldsOf(record: unknown, now: number): Pick<Rejection, 'fields'> {
    if (repeated.length === 0) return {};
    const sent: Fields = isObject(record) ? record : {};
    const values = repeated.map(({ name, isValid }) => {
      const value = sent[name];
      return [name, isValid(value, now) ? toFieldValue(value) : null] as const;
    });
    return { fields: Object.fromEntries(values) };
  }

  return {
    checkValid: (records, now) => checkEach(records, now, (record, index) => checkValues(record, index, now)),
    checkUnknown: (records, now) =>
      checkEach(records, now, (record, index) =>
        fitsSchema(record) ? checkValues(record, index, now) : firstError(record, now),
      ),
  };
}

function toFieldValue(value: unknown): FieldValue {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/**
 * Converts a value to the form in which it is stored; undefined if it is invalid in a way that no schema can express.
 */
const TO_KEPT: Record<ColumnType, (value: unknown, now: number) => FieldValue | undefined> = {
  text: (value) => (typeof value === 'string' ? toText(value) : null),
  numeric: (value) => (typeof value === 'number' || typeof value === 'string' ? roundAmount(value) : null),
  timestamptz: (value, now) => (typeof value === 'string' ? parseTimestamp(value, now) : null),
};

/** PostgreSQL text cannot hold NUL or unpaired surrogates, even if the schema of a kind accepts them. */
function toText(value: string): string | undefined {
  return value.includes('\0') || !value.isWellFormed() ? undefined : value;
}

function isWhole(values: (FieldValue | undefined)[]): values is FieldValue[] {
  return !values.includes(undefined);
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}
