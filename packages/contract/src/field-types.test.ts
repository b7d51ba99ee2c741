import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createChecks } from './check.ts';
import { flag, identifier, integer, jsonObject } from './fields.ts';
import { defineKind } from './kind.ts';
import { recordSchema } from './request.ts';
import { MAX_JSON_DEPTH } from './stored-value.ts';
import { compile } from './validation.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MOST_BYTES = 100;

const pets = defineKind({
  name: 'pets',
  title: 'Pet',
  path: '/pets',
  list: { name: 'pets', missing: 'missing_records', tooMany: 'too_many_records' },
  fields: {
    owner: {
      schema: identifier(20, 'Its owner.'),
      column: 'text',
      missing: 'missing_owner',
      alternative: 'owner_id',
      invalid: 'invalid_owner',
    },
    owner_id: {
      schema: integer({ minimum: 1, description: 'Its owner.' }),
      column: 'bigint',
      invalid: 'invalid_owner_id',
    },
    is_tame: { schema: flag({ description: 'Whether it bites.' }), column: 'boolean', invalid: 'invalid_is_tame' },
    traits: {
      schema: jsonObject(MOST_BYTES, 'Anything else.'),
      column: 'json',
      mostBytes: MOST_BYTES,
      invalid: 'invalid_traits',
    },
  },
  totals: [],
  errorFields: ['owner_id', 'is_tame'],
  errors: {
    invalid_record: '',
    missing_owner: '',
    invalid_owner: '',
    invalid_owner_id: '',
    invalid_is_tame: '',
    invalid_traits: '',
    save_error: '',
  },
});
const checks = createChecks(pets);
const fitsSchema = compile(recordSchema(pets));

/** The values of a record that passes, or the code with which it is rejected, which must be the same in both checks. */
function check(record: Record<string, unknown>): unknown {
  const { checked, rejected } = checks.checkUnknown([record], NOW);
  const ofValid = fitsSchema(record) ? checks.checkValid([record], NOW) : { checked, rejected };
  expect(ofValid).toEqual({ checked, rejected });
  return rejected[0]?.code ?? checked[0]?.values;
}
const checkTraits = (traits: unknown) => check({ owner: 'me', traits });

test('a boolean is true or false, and nothing that could be read as one', () => {
  expect([true, false, null].map((isTame) => check({ owner: 'me', is_tame: isTame }))).toEqual([
    ['me', null, true, null],
    ['me', null, false, null],
    ['me', null, null, null],
  ]);
  for (const other of ['true', 1, 0, '', {}, []])
    expect(check({ owner: 'me', is_tame: other })).toBe('invalid_is_tame');
});

test('an integer has all of its digits', () => {
  const fine = [1, 5, Number.MAX_SAFE_INTEGER];
  expect(fine.map((id) => check({ owner_id: id }))).toEqual(fine.map((id) => [null, id, null, null]));
  const others = [0, -1, 1.5, '1', Number.MAX_SAFE_INTEGER + 1, Infinity, true];
  for (const other of others) expect(check({ owner_id: other })).toBe('invalid_owner_id');
});

test('an object is kept as its JSON', () => {
  const traits = { a: 1, 'é"\\': [null, true, { b: '😀' }], ['__proto__']: {}, c: -0.5 };
  expect(checkTraits(traits)).toEqual(['me', null, null, JSON.stringify(traits)]);
  for (const other of [[], 'a', 1, true, '{}']) expect(checkTraits(other)).toBe('invalid_traits');
});

test('an object that would not be kept exactly is rejected, at any depth', () => {
  const bad = ['a\0', '\ud800', Infinity, 2 ** 53, 1e-7, -(2 ** 53)];
  for (const value of bad) {
    for (const traits of [{ value }, { a: [{ b: value }] }]) expect(checkTraits(traits)).toBe('invalid_traits');
  }
  for (const key of ['a\0', '\ud800']) expect(checkTraits({ a: [{ [key]: 1 }] })).toBe('invalid_traits');
});

test('the limit of an object counts bytes, not characters', () => {
  const ofBytes = (bytes: number) => ({ a: 'é'.repeat((bytes - '{"a":""}'.length) / 2) });
  expect(checkTraits(ofBytes(MOST_BYTES))).toEqual(['me', null, null, JSON.stringify(ofBytes(MOST_BYTES))]);
  expect(checkTraits(ofBytes(MOST_BYTES + 2))).toBe('invalid_traits');
});

test('an object may be nested so deep, and no deeper, however deep it is', () => {
  const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
  expect(checkTraits(nested(MAX_JSON_DEPTH))).toEqual(['me', null, null, JSON.stringify(nested(MAX_JSON_DEPTH))]);
  expect(checkTraits(nested(MAX_JSON_DEPTH + 1))).toBe('invalid_traits');
  expect(checkTraits(nested(5_000))).toBe('invalid_traits');
});

test('any object that passes comes back as it was', () => {
  let passed = 0;
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.jsonValue()), (traits) => {
      const result = checkTraits(traits);
      if (!Array.isArray(result)) return;
      passed += 1;
      expect(JSON.parse(String(result[3]))).toEqual(JSON.parse(JSON.stringify(traits)));
    }),
    { numRuns: 1_000 },
  );
  expect(passed).toBeGreaterThan(100);
});

test('a record may lack a field if it has the other one', () => {
  const missing = [{}, { owner: null }, { owner: ' ' }, { owner: null, owner_id: null }, { owner: '', owner_id: ' ' }];
  for (const record of missing) {
    expect(fitsSchema(record)).toBe(false);
    expect(check(record)).toBe('missing_owner');
  }
  expect(check({ owner: null, owner_id: 7 })).toEqual([null, 7, null, null]);
  expect(check({ owner: 'me', owner_id: null })).toEqual(['me', null, null, null]);
  expect(check({ owner: 'me', owner_id: 7 })).toEqual(['me', 7, null, null]);
  // What is there must be valid, as anywhere.
  expect(check({ owner: '', owner_id: 7 })).toBe('invalid_owner');
  expect(check({ owner: 'me', owner_id: '' })).toBe('invalid_owner_id');
  expect(check({ owner_id: 'x' })).toBe('invalid_owner_id');
});

test('an error repeats integers and booleans that are valid', () => {
  const errorsOf = (record: object) => checks.checkUnknown([record], NOW).rejected;
  expect(errorsOf({ owner_id: 7, is_tame: true, traits: 1 })).toMatchObject([
    { fields: { owner_id: 7, is_tame: true } },
  ]);
  expect(errorsOf({ owner_id: 0.5, is_tame: 'no' })).toMatchObject([{ fields: { owner_id: null, is_tame: null } }]);
});
