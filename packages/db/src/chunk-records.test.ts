import { defineKind } from '@trackly/contract';
import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';

import { rejectionAsJson, withDefaults } from './chunk-records.ts';

const parcels = defineKind({
  name: 'parcels',
  title: 'Parcel',
  path: '/parcels',
  list: { name: 'parcels', missing: 'missing_records', tooMany: 'too_many_records' },
  fields: {
    size: { schema: Type.String({ default: 'M' }), column: 'text', invalid: 'invalid_size' },
    weight: { schema: Type.Number({ default: 0 }), column: 'numeric', invalid: 'invalid_weight' },
    sent_at: { schema: Type.String(), column: 'timestamptz', invalid: 'invalid_sent_at' },
    is_fragile: { schema: Type.Boolean({ default: false }), column: 'boolean', invalid: 'invalid_is_fragile' },
    paid_at: { schema: Type.String(), column: 'timestamptz', invalid: 'invalid_paid_at', isAcceptanceTime: true },
  },
  totals: [],
  errorFields: ['size', 'weight', 'sent_at'],
  errors: {
    invalid_record: '',
    invalid_size: '',
    invalid_weight: '',
    invalid_sent_at: '',
    invalid_is_fragile: '',
    invalid_paid_at: '',
    save_error: '',
  },
});

test('what is absent gets the default of its schema, a number or a boolean as well as text', () => {
  const { sql, values } = withDefaults(parcels, 'record', 'chunk.accepted_at');
  expect(sql).toBe(
    'coalesce(record."size", ?) AS "size",coalesce(record."weight", ?) AS "weight",record."sent_at",' +
      'coalesce(record."is_fragile", ?) AS "is_fragile",coalesce(record."paid_at", chunk.accepted_at) AS "paid_at"',
  );
  expect(values).toEqual(['M', '0', 'false']);
});

test('an error repeats a field as a client could send it', () => {
  const { sql } = rejectionAsJson(parcels, { index: 'i', code: 'c', valueOf: (column) => `judged.${column}` });
  expect(sql).toContain(`'fields', json_build_object('size', judged."size", 'weight', trim_scale(judged."weight")`);
  expect(sql).toContain(`'sent_at', to_char(judged."sent_at" AT TIME ZONE 'UTC'`);
});
