import { describe, expect, test } from 'vitest';

import { createChecks } from '../check.ts';
import { contacts } from './kind.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const { checkUnknown, checkValid } = createChecks(contacts);

const valid = {
  phone_number: '+15551000001',
  list_number: '+15550000001',
  signup_date: '2025-11-15T15:00:00Z',
  ip_address: '203.0.113.7',
  url: 'https://example.com',
  custom_fields: { plan: 'gold' },
  use_journeys: false,
};
const codeOf = (record: unknown) => checkUnknown([record], NOW).rejected[0]?.code;

describe('the checks of contacts', () => {
  test.each([
    [{}, undefined],
    [{ phone_number: '' }, 'missing_phone_number'],
    [{ phone_number: '5551000001' }, 'invalid_phone'],
    [{ phone_number: '+1 555 100 0001' }, 'invalid_phone'],
    [{ phone_number: 15_551_000_001 }, 'invalid_phone'],
    [{ phone_number: '5', list_number: null }, 'invalid_phone'],
    [{ list_number: null }, 'missing_list_number'],
    [{ list_number: '12345' }, undefined],
    [{ list_number: '123' }, 'invalid_list_number'],
    [{ signup_date: null }, undefined],
    [{ signup_date: '2025-02-30' }, 'invalid_signup_date'],
    [{ signup_date: '2026-01-03' }, 'invalid_signup_date'],
    [{ ip_address: '2001:db8::1' }, undefined],
    [{ ip_address: 'localhost' }, 'invalid_ip_address'],
    [{ ip_address: '12' }, 'invalid_ip_address'],
    [{ url: 'x'.repeat(2048) }, undefined],
    [{ url: 'x'.repeat(2049) }, 'invalid_url'],
    [{ url: 'a\0b' }, 'invalid_url'],
    [{ custom_fields: null }, undefined],
    [{ custom_fields: {} }, undefined],
    [{ custom_fields: [] }, 'invalid_custom_fields'],
    [{ custom_fields: { a: '\0' } }, 'invalid_custom_fields'],
    [{ custom_fields: { a: 2 ** 60 } }, 'invalid_custom_fields'],
    [{ use_journeys: 1 }, 'invalid_use_journeys'],
  ])('%j: %s', (changes, code) => {
    expect(codeOf({ ...valid, ...changes })).toBe(code);
  });

  test('a contact has at most 4,000 bytes of JSON, unknown fields included', () => {
    const room = 4000 - Buffer.byteLength(JSON.stringify({ ...valid, note: '' }));
    for (const check of [checkUnknown, checkValid]) {
      const { checked, rejected } = check(
        [
          { ...valid, note: 'x'.repeat(room) },
          { ...valid, note: 'x'.repeat(room + 1) },
          { ...valid, note: 'ä'.repeat(room / 2 + 1) },
        ],
        NOW,
      );
      expect(checked.map(({ index }) => index)).toEqual([0]);
      expect(rejected.map(({ code }) => code)).toEqual(['payload_too_large', 'payload_too_large']);
    }
  });

  test('a contact that is nested too deep to be counted has too many bytes', () => {
    const note: unknown = JSON.parse('['.repeat(10_000) + ']'.repeat(10_000));
    expect(codeOf({ ...valid, note })).toBe('payload_too_large');
  });

  test('errors name the phone number if it is one', () => {
    expect(checkUnknown([{ phone_number: '+15551000001' }, { phone_number: 'x' }, 5], NOW).rejected).toMatchObject([
      { code: 'missing_list_number', fields: { phone_number: '+15551000001' } },
      { code: 'invalid_phone', fields: { phone_number: null } },
      { code: 'invalid_record', fields: { phone_number: null } },
    ]);
  });
});
