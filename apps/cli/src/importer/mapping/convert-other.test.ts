import { expect, test } from 'vitest';

import { JsonNumber } from '../files/json/number.ts';
import type { FileFields } from '../kinds/file-fields.ts';
import { convertBoolean, convertInteger, convertJson } from './convert-other.ts';
import { diagnose, ROWS_TO_DIAGNOSE } from './diagnose.ts';
import { createMapping } from './mapping.ts';
import { Unreadable } from './unreadable.ts';

const kind: FileFields = {
  fields: {
    owner: { type: 'text', isRequired: true, alternative: 'owner_id' },
    owner_id: { type: 'integer' },
    is_tame: { type: 'boolean' },
    traits: { type: 'json' },
  },
  presets: new Map(),
  examples: { map: '', default: '' },
};
const mappingOf = (columns: string[], defaults: Record<string, string> = {}) =>
  createMapping(kind, { map: {}, default: defaults }, { name: 'pets.csv', columns, hint: undefined });

test.for([
  [true, ['true', 'TRUE', 'Yes', ' yes ', '1', true, 1]],
  [false, ['false', 'False', 'no', 'NO', '0', false, 0]],
] as const)('%j is written in several ways', ([expected, values]) => {
  for (const value of values) expect(convertBoolean(value)).toBe(expected);
});

test('anything else is neither true nor false', () => {
  for (const value of ['y', 'on', '2', '', 'truee', {}, [true]])
    expect(convertBoolean(value)).toBeInstanceOf(Unreadable);
});

test('an integer keeps all of its digits, or is refused', () => {
  const read = ['5', ' -5 ', '+5', '5.0', '5.', 5, new JsonNumber('5.00'), '9007199254740991', '007'].map(
    convertInteger,
  );
  expect(read).toEqual([5, -5, 5, 5, 5, 5, 5, 9_007_199_254_740_991, 7]);
  for (const value of ['5.5', '1,000', '1e3', '', 'five', '9007199254740992', new JsonNumber('5.5'), true, {}]) {
    expect(convertInteger(value)).toBeInstanceOf(Unreadable);
  }
});

test('an object is one, or the text of one', () => {
  expect([{ a: 1 }, '{"a": 1}', ' {} '].map(convertJson)).toEqual([{ a: 1 }, { a: 1 }, {}]);
  for (const value of ['', 'a', '[]', '1', 'null', '{a:1}', [1], 1, true, new JsonNumber('1.0')]) {
    expect(convertJson(value)).toBeInstanceOf(Unreadable);
  }
});

test('records have values of the types of the API', () => {
  const mapping = mappingOf(['owner', 'owner_id', 'is_tame', 'traits']);
  expect(mapping.toRecord({ owner: 'me', owner_id: '7', is_tame: 'No', traits: '{"a":null}' })).toEqual({
    record: { owner: 'me', owner_id: 7, is_tame: false, traits: { a: null } },
  });
  expect(mapping.toRecord({ owner: 'me', owner_id: '', is_tame: '', traits: ' ' })).toEqual({
    record: { owner: 'me' },
  });
  expect(mapping.toRecord({ owner: 'me', is_tame: 'perhaps' })).toEqual({
    code: 'invalid_is_tame',
    error: 'is_tame must be true or false, yes or no, or 1 or 0, not "perhaps".',
  });
});

test('defaults have them, too', () => {
  const mapping = mappingOf(['owner'], { is_tame: 'yes', owner_id: '7', traits: '{}' });
  expect(mapping.toRecord({ owner: 'me' })).toEqual({
    record: { owner: 'me', owner_id: 7, is_tame: true, traits: {} },
  });
  expect(() => mappingOf(['owner'], { is_tame: 'perhaps' })).toThrow(
    '--default is_tame: must be true or false, yes or no, or 1 or 0, not "perhaps".',
  );
});

test('a file needs a column for one of two fields', () => {
  expect(() => mappingOf(['is_tame'])).toThrow('pets.csv has no column for owner.');
  expect(mappingOf(['owner_id']).toRecord({ owner_id: '7' })).toEqual({ record: { owner_id: 7 } });
  expect(mappingOf(['owner', 'owner_id']).toRecord({ owner: '', owner_id: '' })).toEqual({ record: {} });
});

test('an import does not begin if none of the first values can be read', () => {
  const rows = Array.from({ length: ROWS_TO_DIAGNOSE }, (_, index) => ({
    line: index + 2,
    fields: { owner: 'me', is_tame: 'perhaps' },
  }));
  const input = { name: 'pets.csv', columns: ['owner', 'is_tame'], hint: undefined };
  expect(diagnose(kind, { map: {}, default: {} }, input, rows, false)?.message).toBe(
    'pets.csv, line 2: is_tame must be true or false, yes or no, or 1 or 0, not "perhaps". None of the first 100 values ' +
      'is. Is is_tame read from the right column (--map)?',
  );
});
