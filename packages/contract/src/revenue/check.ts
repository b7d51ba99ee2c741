import { Type } from '@sinclair/typebox';

import { roundAmount } from '../amount.ts';
import { parseTimestamp } from '../timestamp.ts';
import { compile } from '../validation.ts';
import type { RevenueRecordErrorCode, RevenueRejection } from './errors.ts';
import { RevenueRecord, recordFields } from './request.ts';

/** A record that passed every check that needs no database, as the chunk statement reads it. */
export interface CheckedRecord {
  record_index: number;
  message_id: string;
  offer_id: string;
  revenue: number;
  payout?: number;
  attribution_type?: string;
  occurred_at?: string;
}

/** A record that did not pass the checks, as it was sent. */
export interface RejectedRecord extends RevenueRejection {
  record: unknown;
}

export interface CheckedBatch {
  checked: CheckedRecord[];
  rejected: RejectedRecord[];
}

/** Checks records that all fit the schema already: only what no schema can say is looked at. */
export function checkValidRecords(records: readonly RevenueRecord[], now: number): CheckedBatch {
  return checkEach(records, (record, index) => checkValues(record, index, now));
}

/** Checks records of which nothing is known yet, one by one. */
export function checkUnknownRecords(records: readonly unknown[], now: number): CheckedBatch {
  return checkEach(records, (record, index) =>
    fitsSchema(record) ? checkValues(record, index, now) : firstError(record, now),
  );
}

function checkEach<T>(
  records: readonly T[],
  check: (record: T, index: number) => CheckedRecord | RevenueRecordErrorCode,
): CheckedBatch {
  const batch: CheckedBatch = { checked: [], rejected: [] };
  records.forEach((record, index) => {
    const result = check(record, index);
    if (typeof result === 'string') batch.rejected.push({ index, code: result, record });
    else batch.checked.push(result);
  });
  return batch;
}

function checkValues(record: RevenueRecord, index: number, now: number): CheckedRecord | RevenueRecordErrorCode {
  const revenue = roundAmount(record.revenue);
  if (revenue === undefined) return 'invalid_revenue';
  const checked: CheckedRecord = {
    record_index: index,
    message_id: record.message_id,
    offer_id: record.offer_id,
    revenue,
  };

  if (record.payout !== undefined && record.payout !== null) {
    const payout = roundAmount(record.payout);
    if (payout === undefined) return 'invalid_payout';
    checked.payout = payout;
  }
  if (typeof record.attribution_type === 'string') checked.attribution_type = record.attribution_type;
  if (typeof record.timestamp === 'string') {
    const occurredAt = parseTimestamp(record.timestamp, now);
    if (occurredAt === undefined) return 'invalid_timestamp';
    checked.occurred_at = occurredAt;
  }
  return checked;
}

const fitsSchema = compile(RevenueRecord);
const isObject = compile(Type.Object({}));
const isMessageId = compile(recordFields.message_id);
const isOfferId = compile(recordFields.offer_id);
const isAmount = compile(recordFields.revenue);
const isAttributionType = compile(recordFields.attribution_type);
const isTimestamp = compile(recordFields.timestamp);

interface FieldRule {
  field: keyof RevenueRecord;
  accepts: (value: unknown, now: number) => boolean;
  missing?: RevenueRecordErrorCode;
  invalid: RevenueRecordErrorCode;
}

const acceptsAmount = (value: unknown) => isAmount(value) && roundAmount(value) !== undefined;

/** In the documented order of the codes. */
const fieldRules: readonly FieldRule[] = [
  { field: 'message_id', accepts: isMessageId, missing: 'missing_message_id', invalid: 'invalid_message_id' },
  { field: 'offer_id', accepts: isOfferId, missing: 'missing_offer_id', invalid: 'invalid_offer_id' },
  { field: 'revenue', accepts: acceptsAmount, missing: 'missing_revenue', invalid: 'invalid_revenue' },
  { field: 'payout', accepts: acceptsAmount, invalid: 'invalid_payout' },
  { field: 'attribution_type', accepts: isAttributionType, invalid: 'invalid_attribution_type' },
  {
    field: 'timestamp',
    accepts: (value, now) => isTimestamp(value) && parseTimestamp(value, now) !== undefined,
    invalid: 'invalid_timestamp',
  },
];

function firstError(record: unknown, now: number): RevenueRecordErrorCode {
  if (!isObject(record)) return 'invalid_record';
  const fields: Partial<Record<string, unknown>> = record;
  for (const { field, accepts, missing, invalid } of fieldRules) {
    const value = fields[field];
    const isAbsent = value === undefined || value === null;
    if (missing && (isAbsent || isBlank(value))) return missing;
    if (!isAbsent && !accepts(value, now)) return invalid;
  }
  return 'invalid_record';
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}
