import { Type } from '@sinclair/typebox';

import { jsonBytes } from './json.ts';
import type { CheckedRecord, FieldValue, KindSpec, Rejection } from './kind.ts';
import { MAX_FIELDS, recordSchema } from './request.ts';
import { toStored } from './stored-value.ts';
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
    const isValid = (value: unknown, now: number) => fits(value) && toStored(field, value, now) !== undefined;
    return { name, field, isValid };
  });
  const { most } = kind;
  const isTooLong = (record: unknown) => most !== undefined && jsonBytes(record) > most.bytes;
  const repeated = rules.filter(({ name }) => kind.errorFields.includes(name));
  const fitsSchema = compile(recordSchema(kind));

  function checkValues(record: Fields, index: number, now: number): CheckedRecord | string {
    if (most && isTooLong(record)) return most.code;
    const values = rules.map(({ name, field }) => toStored(field, record[name], now));
    return isWhole(values)
      ? { index, values: values.map(toRemembered) }
      : (rules[values.indexOf(undefined)]?.field.invalid ?? 'invalid_record');
  }

  function toRemembered(value: FieldValue, field: number): FieldValue {
    return rules[field]?.field.isForgotten ? null : value;
  }

  function firstError(record: unknown, now: number): string {
    if (!hasFewFields(record)) return 'invalid_record';
    if (most && isTooLong(record)) return most.code;
    const fields: Fields = record;
    for (const { name, field, isValid } of rules) {
      const value = fields[name];
      const { missing, alternative, invalid } = field;
      const hasOther = alternative !== undefined && !isMissing(fields[alternative]);
      if (missing && isMissing(value) && !hasOther) return missing;
      if (!isAbsent(value) && !isValid(value, now)) return invalid;
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
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function isWhole(values: (FieldValue | undefined)[]): values is FieldValue[] {
  return !values.includes(undefined);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Whether a required field is missing: a blank text is as good as none. */
export function isMissing(value: unknown): boolean {
  return isAbsent(value) || (typeof value === 'string' && value.trim() === '');
}
