import { describe, expect, test } from 'vitest';

import { createChecks } from '../check.ts';
import { keepRecords } from '../kept-records.ts';
import { sends } from './kind.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const { checkUnknown } = createChecks(sends);

const valid = {
  id: 'hist_0001',
  list_number: '+15550000001',
  to_number: '+15551000001',
  message: 'Hello',
  send_type: 'campaign',
  delivered: true,
  length: 5,
  timestamp: '2025-11-15T15:00:00Z',
};
const codeOf = (record: unknown) => checkUnknown([record], NOW).rejected[0]?.code;

describe('the checks of sends', () => {
  test.each([
    [{}, undefined],
    [{ id: '' }, 'missing_id'],
    [{ id: 5 }, 'invalid_id'],
    [{ id: 'x'.repeat(256) }, 'invalid_id'],
    [{ id: '😀'.repeat(255) }, undefined],
    [{ list_number: null }, 'missing_list_number'],
    [{ list_number: ' ' }, 'missing_list_number'],
    [{ list_number: null, list_id: 1 }, undefined],
    [{ list_number: '12345', list_id: 1 }, undefined],
    [{ list_number: '15550000001' }, 'invalid_list_number'],
    [{ list_id: 0 }, 'invalid_list_id'],
    [{ list_id: 1.5 }, 'invalid_list_id'],
    [{ list_id: '1' }, 'invalid_list_id'],
    [{ list_number: null, list_id: 2 ** 53 }, 'invalid_list_id'],
    [{ to_number: undefined }, 'missing_to_number'],
    [{ to_number: '15551000001' }, 'invalid_phone'],
    [{ to_number: '+1 555 100 0001' }, 'invalid_phone'],
    [{ to_number: 15_551_000_001 }, 'invalid_phone'],
    [{ message: '' }, undefined],
    [{ message: 5 }, 'invalid_message'],
    [{ message: 'a\0b' }, 'invalid_message'],
    [{ message: 'x'.repeat(10_001) }, 'invalid_message'],
    [{ send_type: '' }, 'invalid_send_type'],
    [{ send_type: 'x'.repeat(65) }, 'invalid_send_type'],
    [{ delivered: 'true' }, 'invalid_delivered'],
    [{ length: -1 }, 'invalid_length'],
    [{ length: 2_147_483_648 }, 'invalid_length'],
    [{ timestamp: null }, 'missing_timestamp'],
    [{ timestamp: '2025-02-30' }, 'invalid_timestamp'],
    [{ timestamp: '2026-01-03' }, 'invalid_timestamp'],
  ])('%j: %s', (changes, code) => {
    expect(codeOf({ ...valid, ...changes })).toBe(code);
  });

  test('give the first code that applies, in the order of the fields', () => {
    const codes: (string | undefined)[] = [];
    const record: Record<string, unknown> = { to_number: '5', delivered: 5, timestamp: 5 };
    const mend = { id: 'a', list_id: 1, to_number: '+15551000001', delivered: false, timestamp: '2025-01-01' };
    for (const [name, value] of Object.entries(mend)) {
      codes.push(codeOf(record));
      record[name] = value;
    }
    expect([...codes, codeOf(record)]).toEqual([
      'missing_id',
      'missing_list_number',
      'invalid_phone',
      'invalid_delivered',
      'invalid_timestamp',
      undefined,
    ]);
  });

  test('an error repeats the id, if it is one', () => {
    const { rejected } = checkUnknown([{ ...valid, to_number: '5' }, { ...valid, id: 5 }, 5], NOW);
    expect(rejected.map(({ fields }) => fields)).toEqual([{ id: 'hist_0001' }, { id: null }, { id: null }]);
  });
});

test('the text of a message is forgotten, whether the record is rejected or not', () => {
  const { checked, rejected } = checkUnknown([valid, { ...valid, to_number: '5' }], NOW);
  expect(JSON.stringify(checked)).not.toContain('Hello');
  const kept = keepRecords(sends, rejected, Infinity);
  expect(kept.rejected[0]?.record).toBe(
    '{"id":"hist_0001","list_number":"+15550000001","to_number":"5","send_type":"campaign","delivered":true,"length":5,"timestamp":"2025-11-15T15:00:00Z"}',
  );
});
