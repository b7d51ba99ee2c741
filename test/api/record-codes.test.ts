import { describe, expect, test } from 'vitest';

import { importIdOf, post } from '../support/http.ts';
import { bodyText, recordText, type FieldTexts } from '../support/record-text.ts';
import { useStack } from '../support/suite.ts';

const stack = useStack();

/** Sends a record between two valid ones, and returns its error; the others must be saved. */
async function refuse(record: string): Promise<unknown> {
  const { url, account, database } = stack();
  const answer = await post(url, bodyText(recordText({}), record, recordText({})), { apiKey: account.apiKey });
  expect(answer.json).toMatchObject({ success_count: 2, error_count: 1, total_revenue: 2, errors: [{ index: 1 }] });
  const { rows } = await database.sql.query(
    'SELECT record_index FROM revenue_records WHERE import_id = $1 ORDER BY record_index',
    [importIdOf(answer)],
  );
  expect(rows).toEqual([{ record_index: 0 }, { record_index: 2 }]);
  return answer.json;
}

const withCode = (code: string) => ({ errors: [{ code }] });

describe('invalid_record', () => {
  test.for(['null', 'true', '5', '"text"', '[]', '[{"message_id":"m0"}]'])('%s', async (text) => {
    expect(await refuse(text)).toMatchObject(withCode('invalid_record'));
  });

  test('an object with more than 100 fields, however many of them are unknown', async () => {
    const fields = Array.from({ length: 98 }, (_, index) => [`f${index}`, '0'] as const);
    expect(await refuse(recordText(Object.fromEntries(fields)))).toMatchObject(withCode('invalid_record'));
    const { url, account } = stack();
    const most = recordText(Object.fromEntries(fields.slice(1)));
    const answer = await post(url, bodyText(most), { apiKey: account.apiKey });
    expect(answer.json).toMatchObject({ success_count: 1, error_count: 0 });
  });
});

const NUL = String.raw`"a\u0000b"`;
const LONE_HIGH = String.raw`"a\ud800b"`;
const LONE_LOW = String.raw`"\udc00"`;
const NOT_STRINGS = ['5', '0', 'true', 'false', '{}', '[]', '["m0"]'];

describe.for([
  { field: 'message_id', most: 255 },
  { field: 'offer_id', most: 255 },
])('$field', ({ field, most }) => {
  test.for([undefined, 'null', '""', '" "', String.raw`"\t\n\u00a0"`])('is missing as %s', async (text) => {
    expect(await refuse(recordText({ [field]: text }))).toMatchObject(withCode(`missing_${field}`));
  });

  const tooLong = [`"${'x'.repeat(most + 1)}"`, `"${'😀'.repeat(most + 1)}"`, `"${'x'.repeat(100_000)}"`];
  test.for([...NOT_STRINGS, NUL, LONE_HIGH, LONE_LOW, ...tooLong, '['.repeat(5000) + ']'.repeat(5000)])(
    'is invalid as %s',
    async (text) => {
      expect(await refuse(recordText({ [field]: text }))).toMatchObject(withCode(`invalid_${field}`));
    },
  );
});

const NOT_AMOUNTS = [
  ['true', 'false', '{}', '[]', '[5]', '["5"]', '-0.01', '-1', '-1e-9', '1e309', '-1e309', '1e308', '10000000000'],
  ['9999999999.99995', '"abc"', '"1e3"', '"-1"', '"-0"', '"+1"', '"1,000"', '"1.000,00"', '"$5"', '" 5"', '"5 "'],
  ['"5."', '".5"', '"1_000"', '"0x10"', '"NaN"', '"Infinity"', '"10000000000"', '"9999999999.99995"'],
  ['"12345678901234567890"', '"٣"', String.raw`"1.5\n"`, String.raw`"1\u0000"`],
].flat();

describe('revenue', () => {
  test.for([undefined, 'null', '""', '"  "'])('is missing as %s', async (text) => {
    expect(await refuse(recordText({ revenue: text }))).toMatchObject(withCode('missing_revenue'));
  });

  test.for(NOT_AMOUNTS)('is invalid as %s', async (text) => {
    expect(await refuse(recordText({ revenue: text }))).toMatchObject(withCode('invalid_revenue'));
  });
});

describe('payout', () => {
  test.for(['""', ...NOT_AMOUNTS])('is invalid as %s', async (text) => {
    expect(await refuse(recordText({ payout: text }))).toMatchObject(withCode('invalid_payout'));
  });
});

describe('attribution_type', () => {
  const tooLong = [`"${'x'.repeat(65)}"`, `"${'😀'.repeat(65)}"`];
  test.for([...NOT_STRINGS, '""', NUL, LONE_HIGH, LONE_LOW, ...tooLong])('is invalid as %s', async (text) => {
    expect(await refuse(recordText({ attribution_type: text }))).toMatchObject(withCode('invalid_attribution_type'));
  });
});

describe('timestamp', () => {
  const inTwoDays = new Date(Date.now() + 48 * 3_600_000).toISOString();
  const texts = [
    ['', '1', 'now', 'infinity', '1763222400', '2025', '2025-11', '20251115', '2025-W46-6', '2025-319', inTwoDays],
    ['2024-02-30', '2023-02-29', '1900-02-29', '2025-13-01', '2025-00-01', '2025-01-00', '2025-04-31', '2025-4-1'],
    ['20000-01-01', '+020000-01-01', '-000001-01-01', '0001-01-01', '9999-12-31', '1969-12-31T23:59:59Z'],
    ['2025-11-15T24:00:00Z', '2025-11-15T23:60:00Z', '2025-11-15T23:59:60Z', '2025-11-15T16:00:00+24:00'],
    ['2025-11-15T16:00:00+05:60', '2025-11-15 16:00:00', '2025-11-15t16:00:00z', '2025-11-15T16:00:00 Z'],
    ['2025-11-15Z', '2025-11-15T16Z', '2025-11-15T16:00:00.Z', '15.11.2025', '11/15/2025', ' 2025-11-15'],
    [String.raw`2025-11-15\n`, String.raw`2025-11-15T16:00:00Z\u0000`],
  ].flat();

  test.for(['1763222400', 'true', '{}', '[]', ...texts.map((text) => `"${text}"`)])(
    'is invalid as %s',
    async (text) => {
      expect(await refuse(recordText({ timestamp: text }))).toMatchObject(withCode('invalid_timestamp'));
    },
  );
});

describe('what the catalog lacks', () => {
  test.for([
    ['message_not_found', { message_id: '"unknown"' }],
    ['message_not_found', { message_id: '" m0"' }],
    ['offer_not_found', { offer_id: '"unknown"' }],
    ['contact_not_found', { message_id: '"orphan"' }],
  ] as const)('%s for %o', async ([code, fields]) => {
    expect(await refuse(recordText(fields))).toMatchObject(withCode(code));
  });
});

describe('of several codes, the first in the documented order is given', () => {
  const faults: [code: string, fields: FieldTexts][] = [
    ['missing_message_id', { message_id: undefined }],
    ['invalid_message_id', { message_id: '5' }],
    ['missing_offer_id', { offer_id: undefined }],
    ['invalid_offer_id', { offer_id: '5' }],
    ['missing_revenue', { revenue: undefined }],
    ['invalid_revenue', { revenue: '-1' }],
    ['invalid_revenue', { revenue: '"9999999999.99995"' }],
    ['invalid_payout', { payout: '-1' }],
    ['invalid_payout', { payout: '"9999999999.99995"' }],
    ['invalid_attribution_type', { attribution_type: '5' }],
    ['invalid_timestamp', { timestamp: '"2024-02-30"' }],
    ['message_not_found', { message_id: '"unknown"' }],
    ['offer_not_found', { offer_id: '"unknown"' }],
    ['contact_not_found', { message_id: '"orphan"' }],
  ];
  const pairs = faults.flatMap(([first, fields], index) =>
    faults.slice(index + 1).flatMap(([second, others]) => {
      const record = recordText({ ...others, ...fields });
      const canBothApply = Object.keys(fields).every((field) => !(field in others));
      return canBothApply ? [{ first, second, record }] : [];
    }),
  );

  test.for(pairs)('$first before $second', async ({ first, record }) => {
    expect(await refuse(record)).toMatchObject(withCode(first));
  });
});

test('a record that inherits its fields has none', async () => {
  const record = '{"__proto__":{"message_id":"m0"},"offer_id":"o0","revenue":1}';
  expect(await refuse(record)).toMatchObject(withCode('missing_message_id'));
});

test('every error carries the text of its code', async () => {
  const { url, account } = stack();
  const answer = await post(
    url,
    bodyText('null', recordText({ revenue: undefined }), recordText({ offer_id: '"?"' })),
    {
      apiKey: account.apiKey,
    },
  );
  expect(answer.json).toMatchObject({
    errors: [
      { error: 'A record must be an object with at most 100 fields.' },
      { error: 'A record is missing the revenue field.' },
      { error: 'No offer exists with the given offer_id.' },
    ],
  });
});
