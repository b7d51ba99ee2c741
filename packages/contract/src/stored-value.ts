import { roundAmount } from './amount.ts';
import type { FieldValue, RecordField } from './kind.ts';
import { parseTimestamp } from './timestamp.ts';

/** How deep an object may be nested. */
export const MAX_JSON_DEPTH = 16;

/** JavaScript writes smaller numbers with an exponent. */
const SMALLEST_PLAIN_NUMBER = 1e-6;

/**
 * Converts a value that fits the schema of its field to the form in which it is stored: null if it is absent, undefined
 * if it is invalid in a way that no schema can express.
 *
 * @param now the time when the import was accepted, in milliseconds since 1970
 */
export function toStored(field: RecordField, value: unknown, now: number): FieldValue | undefined {
  switch (field.column) {
    case 'text':
      return typeof value === 'string' ? toText(value) : null;
    case 'numeric':
      return typeof value === 'number' || typeof value === 'string' ? roundAmount(value) : null;
    case 'timestamptz':
      return typeof value === 'string' ? parseTimestamp(value, now) : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'bigint':
      return typeof value === 'number' ? toInteger(value) : null;
    case 'json':
      return typeof value === 'object' && value !== null ? toJsonText(value, field.mostBytes) : null;
  }
}

function toText(value: string): string | undefined {
  return isStorable(value) ? value : undefined;
}

/** PostgreSQL text cannot hold NUL or unpaired surrogates, even if the schema of a kind accepts them. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** A larger integer has lost digits when it was parsed. */
function toInteger(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}

function toJsonText(value: object, mostBytes: number): string | undefined {
  if (!isStorableJson(value, MAX_JSON_DEPTH)) return undefined;
  const text = JSON.stringify(value);
  return Buffer.byteLength(text) <= mostBytes ? text : undefined;
}

/** Whether JSON holds a value exactly, and PostgreSQL any part of it. */
function isStorableJson(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value === 'number') return isStorableNumber(value);
  if (typeof value !== 'object' || value === null) return true;
  return (
    depth > 0 && Object.entries(value).every(([key, inner]) => isStorable(key) && isStorableJson(inner, depth - 1))
  );
}

/**
 * Larger numbers have lost digits when they were parsed. Of those with an exponent, PostgreSQL would write out all zeros,
 * up to three hundred.
 */
function isStorableNumber(value: number): boolean {
  const size = Math.abs(value);
  return size <= Number.MAX_SAFE_INTEGER && (size >= SMALLEST_PLAIN_NUMBER || size === 0);
}
