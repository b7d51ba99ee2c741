import { describe, expect, test } from 'vitest';

import { addMessages, addOffers, readStoredRecords, type StoredRecord } from '../support/catalog.ts';
import { importIdOf, post } from '../support/http.ts';
import { bodyText, recordText, type FieldTexts } from '../support/record-text.ts';
import { useStack } from '../support/suite.ts';

const EMOJI = '😀';

const stack = useStack();

async function store(...records: string[]): Promise<StoredRecord[]> {
  const { url, account, database } = stack();
  const answer = await post(url, bodyText(...records), { apiKey: account.apiKey });
  expect(answer.json).toMatchObject({ success_count: records.length, errors: [] });
  return readStoredRecords(database.sql, importIdOf(answer));
}

describe.for(['revenue', 'payout'])('%s', (field) => {
  test.for([
    ['0', '0.0000'],
    ['-0', '0.0000'],
    ['-0.0', '0.0000'],
    ['0.0001', '0.0001'],
    ['0.00005', '0.0001'],
    ['0.00004999', '0.0000'],
    ['1e-7', '0.0000'],
    ['5e-324', '0.0000'],
    ['1e3', '1000.0000'],
    ['1E+3', '1000.0000'],
    ['1.005', '1.0050'],
    ['1.00005', '1.0001'],
    ['1.00015', '1.0002'],
    ['1.00025', '1.0003'],
    ['70.05000000000001', '70.0500'],
    ['24.99999', '25.0000'],
    ['0.1', '0.1000'],
    ['9999999999.9999', '9999999999.9999'],
    ['"24.99"', '24.9900'],
    ['"0"', '0.0000'],
    ['"007.5"', '7.5000'],
    ['"1.00005"', '1.0001'],
    ['"1.000049999999999999999999999999"', '1.0000'],
    ['"9999999999.9999"', '9999999999.9999'],
    ['"9999999999.99990000"', '9999999999.9999'],
    ['"0.99995"', '1.0000'],
  ] as const)('%s is stored as %s', async ([text, stored]) => {
    expect(await store(recordText({ [field]: text }))).toMatchObject([{ [field]: stored }]);
  });
});

describe('timestamp', () => {
  test.for([
    ['2025-11-15T16:00:00Z', '2025-11-15T16:00:00.000000Z'],
    ['2025-11-15', '2025-11-15T00:00:00.000000Z'],
    ['2025-11-15T16:00', '2025-11-15T16:00:00.000000Z'],
    ['2025-11-15T16:00:00', '2025-11-15T16:00:00.000000Z'],
    ['2025-11-15T16:00:00+05:30', '2025-11-15T10:30:00.000000Z'],
    ['2025-11-15T16:00:00-08', '2025-11-16T00:00:00.000000Z'],
    ['2025-11-15T16:00:00+0100', '2025-11-15T15:00:00.000000Z'],
    ['2025-11-15T16:00:00-00:00', '2025-11-15T16:00:00.000000Z'],
    ['2025-11-15T16:00:00.5Z', '2025-11-15T16:00:00.500000Z'],
    ['2025-11-15T16:00:00.123456Z', '2025-11-15T16:00:00.123456Z'],
    ['2025-11-15T16:00:00.123456789Z', '2025-11-15T16:00:00.123456Z'],
    ['2025-11-15T23:59:59.999999999Z', '2025-11-15T23:59:59.999999Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000000Z'],
    ['2000-02-29', '2000-02-29T00:00:00.000000Z'],
    ['1970-01-01', '1970-01-01T00:00:00.000000Z'],
    ['1969-12-31T23:00:00-01:00', '1970-01-01T00:00:00.000000Z'],
  ] as const)('%s is stored as %s', async ([text, stored]) => {
    expect(await store(recordText({ timestamp: `"${text}"` }))).toMatchObject([{ occurred_at: stored }]);
  });

  test('may lie almost a day ahead', async () => {
    const ahead = new Date(Date.now() + 23 * 3_600_000).toISOString();
    const stored = ahead.replace('Z', '000Z');
    expect(await store(recordText({ timestamp: `"${ahead}"` }))).toMatchObject([{ occurred_at: stored }]);
  });

  test('is the time of acceptance, the same for all records, when absent', async () => {
    const before = Date.now();
    const rows = await store(recordText({}), recordText({ timestamp: 'null' }));
    const [first, second] = rows.map((row) => Date.parse(row.occurred_at));
    expect(first).toBe(second);
    expect(first).toBeGreaterThanOrEqual(before);
    expect(first).toBeLessThanOrEqual(Date.now());
  });
});

describe('attribution_type', () => {
  test.for([
    [undefined, 'sale'],
    ['null', 'sale'],
    ['"migration"', 'migration'],
    ['"  spaced  "', '  spaced  '],
    ['"\\u00e9\\ud83d\\ude00"', 'é😀'],
    [`"${'x'.repeat(64)}"`, 'x'.repeat(64)],
    [`"${EMOJI.repeat(64)}"`, EMOJI.repeat(64)],
  ] as const)('%s is stored as %s', async ([text, stored]) => {
    expect(await store(recordText({ attribution_type: text }))).toMatchObject([{ attribution_type: stored }]);
  });
});

describe('message_id and offer_id', () => {
  test('count code points: 255 of them fit, whatever they are', async () => {
    const { database, account } = stack();
    const ids = [
      [EMOJI.repeat(255), EMOJI.repeat(255)],
      ['x'.repeat(255), 'y'.repeat(255)],
      [' padded ', "'; DROP TABLE offers; --"],
    ] as const;
    await addMessages(
      database.sql,
      account,
      ids.map(([id]) => ({ id, listContactId: '1' })),
    );
    await addOffers(
      database.sql,
      account,
      ids.map(([, id]) => ({ id })),
    );
    const records = ids.map(([messageId, offerId]) =>
      JSON.stringify({ message_id: messageId, offer_id: offerId, revenue: 1 }),
    );
    const stored = await store(...records);
    expect(stored.map((row) => [row.message_id, row.offer_id])).toEqual(ids);
  });

  test('an offer is found by its own id before another one’s external id', async () => {
    const { database, account } = stack();
    await addOffers(database.sql, account, [
      { id: 'first', externalId: 'second' },
      { id: 'second', externalId: 'first' },
      { id: 'third', externalId: 'only external' },
    ]);
    const stored = await store(
      ...['"first"', '"second"', '"only external"', '"x0"'].map((offer) => recordText({ offer_id: offer })),
    );
    expect(stored.map((row) => row.offer_id)).toEqual(['first', 'second', 'third', 'o0']);
  });

  test('are matched with regard to case', async () => {
    const { url, account } = stack();
    const records = bodyText(recordText({ message_id: '"M0"' }), recordText({ offer_id: '"O0"' }));
    const answer = await post(url, records, { apiKey: account.apiKey });
    expect(answer.json).toMatchObject({ errors: [{ code: 'message_not_found' }, { code: 'offer_not_found' }] });
  });
});

describe('a record is accepted', () => {
  const plain = { message_id: 'm0', offer_id: 'o0', revenue: '1.0000', payout: null, attribution_type: 'sale' };

  test.for<[string, FieldTexts]>([
    ['with null in every optional field', { payout: 'null', attribution_type: 'null', timestamp: 'null' }],
    ['with unknown fields', { id: '7', currency: '"EUR"', revenueTotal: '[]' }],
    ['with fields of the database', { account_id: '2', record_index: '900', list_contact_id: '5', occurred_at: '"x"' }],
    ['with __proto__', { __proto__x: '1', ['__proto__']: '{"revenue":5,"payout":5}' }],
    ['with constructor', { constructor: '{"prototype":{"payout":5}}' }],
    ['with an unknown field nested 5,000 deep', { deep: '['.repeat(5000) + ']'.repeat(5000) }],
    ['with NUL and a lone surrogate in an unknown field', { note: String.raw`"\u0000\ud800"` }],
  ])('%s', async ([, fields]) => {
    expect(await store(recordText(fields))).toMatchObject([plain]);
  });

  test('the last of a repeated key counts', async () => {
    const text = '{"revenue":1,"message_id":"m1","revenue":-5,"offer_id":"o0","message_id":"m0","revenue":2}';
    expect(await store(text)).toMatchObject([{ message_id: 'm0', revenue: '2.0000' }]);
  });
});
