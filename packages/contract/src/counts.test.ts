import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { importErrorsResponse, importListResponse } from './imports.ts';
import { countColumns, defineKind } from './kind.ts';
import { resultSchema, toRecordError, toResult } from './result.ts';
import { revenue } from './revenue/kind.ts';
import { compile } from './validation.ts';

const calls = defineKind({
  name: 'calls',
  title: 'Call',
  path: '/calls',
  list: { name: 'calls', missing: 'missing_records', tooMany: 'too_many_records' },
  fields: { number: { schema: Type.String(), column: 'text', missing: 'missing_number', invalid: 'invalid_number' } },
  totals: [],
  skippedAs: 'calls_known',
  counts: {
    callers_created: { description: 'New callers.' },
    calls_recorded: { description: 'Nothing is recorded.', constant: 0 },
  },
  errorCounts: { bad_numbers: { codes: ['missing_number', 'invalid_number'], description: 'Numbers that are none.' } },
  errorFields: ['number'],
  errors: { invalid_record: '', missing_number: 'Whose?', invalid_number: '', save_error: '' },
  warnings: { call_differs: 'It is known, but was longer.' },
});

const codes = fc.constantFrom('invalid_record', 'missing_number', 'invalid_number', 'save_error');
const fitsResult = compile(resultSchema(calls));

test('an answer has the counts of its kind, and those of its errors by code', () => {
  fc.assert(
    fc.property(fc.array(codes, { maxLength: 300 }), fc.nat(), fc.nat(), (rejected, created, skippedCount) => {
      const rejections = rejected.map((code, index) => ({ index, code, fields: { number: null } }));
      const totals = { callers_created: String(created) };
      const result = toResult(calls, { successCount: 1, skippedCount, totals, rejections });
      const { errors: _errors, ...counts } = result;
      expect(counts).toEqual({
        success_count: 1,
        error_count: rejected.length,
        bad_numbers: rejected.filter((code) => code.endsWith('_number')).length,
        calls_known: skippedCount,
        callers_created: created,
        calls_recorded: 0,
      });
      expect(fitsResult(JSON.parse(JSON.stringify(result)))).toBe(true);
    }),
  );
});

test('without a saved chunk, the counts are zero', () => {
  const result = toResult(calls, { successCount: 0, skippedCount: 0, totals: {}, rejections: [] });
  expect(result).toMatchObject({ callers_created: 0, calls_recorded: 0, bad_numbers: 0 });
  expect(countColumns(calls)).toEqual(['callers_created']);
});

test('a warning has its text', () => {
  expect(toRecordError(calls, { index: 3, code: 'call_differs', fields: { number: '1' } })).toEqual({
    index: 3,
    number: '1',
    code: 'call_differs',
    error: 'It is known, but was longer.',
  });
});

test('what only some kinds have is described as optional, and what none has is not described', () => {
  const { properties: listed, required } = importListResponse([revenue, calls]).properties.imports.items;
  expect(listed).toMatchObject({ callers_created: { description: 'New callers.' }, calls_recorded: {} });
  expect(required).not.toContain('callers_created');

  const withWarning = { index: 0, number: '1', code: 'call_differs', error: '', warning: true, record: null };
  const page = { errors: [withWarning], next_cursor: null };
  expect(compile(importErrorsResponse([revenue, calls]))(page)).toBe(true);
  expect(compile(importErrorsResponse([revenue]))(page)).toBe(false);
  expect(importErrorsResponse([revenue]).properties.errors.items.properties).not.toHaveProperty('warning');
});
