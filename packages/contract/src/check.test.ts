import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createChecks } from './check.ts';
import { defineKind } from './kind.ts';
import { recordSchema } from './request.ts';
import { revenue } from './revenue/kind.ts';
import { compile } from './validation.ts';

const NOW = Date.UTC(2026, 0, 15, 12);

const { checkValid, checkUnknown } = createChecks(revenue);
const fitsSchema = compile(recordSchema(revenue));

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, '', ' ', '5', 'a\0', '\ud800', '12.5', '1e3', -0, -1, Infinity, NaN),
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
);
/** Half valid, half anything, so that every pair of faults comes up. */
const orJunk = <T>(valid: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof(valid, junk);

const identifiers = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const amounts = fc.oneof(
  fc.double({ min: 0, max: 1e11, noNaN: true }),
  fc.stringMatching(/^[0-9]{1,12}(\.[0-9]{1,6})?$/),
);
const timestamps = fc.constantFrom('2025-11-15', '2025-11-15T16:00:00Z', '2024-02-30', '2027-01-01', '1969-12-31');
const fields = {
  message_id: identifiers,
  offer_id: identifiers,
  revenue: amounts,
  payout: fc.option(amounts),
  attribution_type: fc.option(identifiers),
  timestamp: fc.option(timestamps),
};
const optional = { requiredKeys: ['message_id', 'offer_id', 'revenue'] } satisfies {
  requiredKeys: (keyof typeof fields)[];
};

const likelyRecords = fc.record(fields, optional);
const unlikelyRecords = fc.record(
  {
    message_id: orJunk(fields.message_id),
    offer_id: orJunk(fields.offer_id),
    revenue: orJunk(fields.revenue),
    payout: orJunk(fields.payout),
    attribution_type: orJunk(fields.attribution_type),
    timestamp: orJunk(fields.timestamp),
  },
  { requiredKeys: [] },
);
const anyRecords = fc.oneof(likelyRecords, unlikelyRecords, junk);

test('records that fit the schema fare the same in both checks', () => {
  fc.assert(
    fc.property(fc.array(likelyRecords), (candidates) => {
      const records = candidates.filter(fitsSchema);
      expect(checkUnknown(records, NOW)).toEqual(checkValid(records, NOW));
    }),
    { numRuns: 1000 },
  );
});

test('a record passes if and only if it fits the schema and its values are possible', () => {
  let passed = 0;
  fc.assert(
    fc.property(anyRecords, (record) => {
      const isFine = fitsSchema(record) && checkValid([record], NOW).rejected.length === 0;
      const { checked, rejected } = checkUnknown([record], NOW);
      expect([checked.length, rejected.length]).toEqual(isFine ? [1, 0] : [0, 1]);
      if (isFine) passed += 1;
    }),
    { numRuns: 5000 },
  );
  expect(passed).toBeGreaterThan(500);
});

test('invalid_record is what is no object, and nothing else', () => {
  fc.assert(
    fc.property(anyRecords, (record) => {
      const isObject = typeof record === 'object' && record !== null && !Array.isArray(record);
      const codes = checkUnknown([record], NOW).rejected.map(({ code }) => code);
      expect(codes.includes('invalid_record')).toBe(!isObject);
    }),
    { numRuns: 5000 },
  );
});

test('a record may have a hundred fields, known and unknown ones together', () => {
  const valid = { message_id: 'm', offer_id: 'o', revenue: 1 };
  const withFields = (count: number) => ({
    ...Object.fromEntries(Array.from({ length: count }, (_, field) => [field, 0])),
    ...valid,
  });
  expect([fitsSchema(withFields(97)), fitsSchema(withFields(98))]).toEqual([true, false]);
  expect(checkUnknown([withFields(97), withFields(98), { ...withFields(98), revenue: -1 }], NOW)).toMatchObject({
    checked: [{ index: 0 }],
    rejected: [
      { index: 1, code: 'invalid_record' },
      { index: 2, code: 'invalid_record' },
    ],
  });
});

test('every record is either checked or rejected, at its own position', () => {
  fc.assert(
    fc.property(fc.array(anyRecords), (records) => {
      const { checked, rejected } = checkUnknown(records, NOW);
      const indexes = [...checked.map(({ index }) => index), ...rejected.map(({ index }) => index)];
      expect(indexes.toSorted((a, b) => a - b)).toEqual([...records.keys()]);
      expect(rejected.map(({ index }) => index)).toEqual(rejected.map(({ index }) => index).toSorted((a, b) => a - b));
    }),
  );
});

function canBeStored(value: string | number | boolean): boolean {
  if (typeof value === 'boolean') return true;
  if (typeof value === 'number') return /^\d+(\.\d{1,4})?$/.test(String(value));
  return value.isWellFormed() && !value.includes('\0');
}

test('what passes can be stored: no NUL, no unpaired surrogate, no exponent', () => {
  fc.assert(
    fc.property(fc.array(anyRecords), (records) => {
      for (const record of checkUnknown(records, NOW).checked) {
        expect(record.values.filter((value) => value !== null && !canBeStored(value))).toEqual([]);
      }
    }),
    { numRuns: 2000 },
  );
});

test('text that PostgreSQL cannot hold is rejected and not repeated, even where the schema of a kind lets it through', () => {
  const notes = defineKind({
    name: 'notes',
    title: 'Note',
    path: '/notes',
    list: { name: 'notes', missing: 'missing_records', tooMany: 'too_many_records' },
    fields: {
      text: { schema: Type.String(), column: 'text', missing: 'missing_text', invalid: 'invalid_text' },
      author: { schema: Type.String(), column: 'text', missing: 'missing_author', invalid: 'invalid_author' },
    },
    totals: [],
    errorFields: ['text'],
    errors: {
      invalid_record: '',
      missing_text: '',
      invalid_text: '',
      missing_author: '',
      invalid_author: '',
      save_error: '',
    },
  });
  const checks = createChecks(notes);
  for (const text of ['a\0b', 'a\ud800b']) {
    const whole = { text, author: 'me' };
    const rejected = { index: 0, code: 'invalid_text', fields: { text: null }, record: whole };
    expect(checks.checkValid([whole], NOW)).toEqual({ checked: [], rejected: [rejected] });
    expect(checks.checkUnknown([whole], NOW)).toEqual({ checked: [], rejected: [rejected] });
    expect(checks.checkUnknown([{ text }], NOW).rejected).toMatchObject([{ fields: { text: null } }]);
  }
  expect(checks.checkUnknown([{ text: 'é' }], NOW).rejected).toMatchObject([{ fields: { text: 'é' } }]);
});
