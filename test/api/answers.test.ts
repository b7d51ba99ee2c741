import { expect, test } from 'vitest';

import { addContacts, addMessages, readStoredRecords } from '../support/catalog.ts';
import { importIdOf, postRecords } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';

describeOnEachQueue('the answer to an import', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 30 });

  test('counts what was saved, lists what was not, and carries the exact documented fields', async () => {
    const { url, account, database } = stack();
    const answer = await postRecords(url, account.apiKey, [
      { message_id: 'm0', offer_id: 'o0', revenue: 24.99, payout: 5, timestamp: '2025-11-15T16:00:00Z' },
      { message_id: 'm1', offer_id: 'o0' },
      { message_id: 'm2', offer_id: 'x0', revenue: 12.5, attribution_type: 'migration' },
      { message_id: 'unknown', offer_id: 'o0', revenue: 8.75 },
    ]);

    expect(answer.status).toBe(200);
    expect(answer.text).toBe(
      '{"success_count":2,"error_count":2,"total_revenue":37.49,"errors":[' +
        '{"index":1,"code":"missing_revenue","error":"A record is missing the revenue field."},' +
        '{"index":3,"code":"message_not_found","error":"No message exists with the given message_id."}]}',
    );
    expect(answer.headers.get('content-type')).toContain('application/json');
    const stored = await readStoredRecords(database.sql, importIdOf(answer));
    expect(stored.map(({ record_index, revenue }) => [record_index, revenue])).toEqual([
      [0, '24.9900'],
      [2, '12.5000'],
    ]);
  });

  test('is 200 when every record fails, in the checks or in the database', async () => {
    const { url, account } = stack();
    const answer = await postRecords(url, account.apiKey, [{}, { message_id: 'gone', offer_id: 'o0', revenue: 1 }]);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      success_count: 0,
      error_count: 2,
      total_revenue: 0,
      errors: [{ code: 'missing_message_id' }, { code: 'message_not_found' }],
    });
  });

  test('is 200 when no record passes the checks', async () => {
    const { url, account } = stack();
    const answer = await postRecords(url, account.apiKey, [null]);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ success_count: 0, error_count: 1, total_revenue: 0 });
    expect(importIdOf(answer)).not.toBe('');
  });

  test('lists the first 100 errors by index, whatever found them, and counts all', async () => {
    const { url, account } = stack();
    const invalid = { message_id: 'm0', offer_id: 'o0', revenue: -1 };
    const unknown = { message_id: 'unknown', offer_id: 'o0', revenue: 1 };
    const fine = { message_id: 'm0', offer_id: 'o0', revenue: 1 };
    const kinds = [fine, unknown, invalid];
    const records = Array.from({ length: 300 }, (_, index) => kinds[index % 3]);

    const answer = await postRecords(url, account.apiKey, records);
    expect(answer.json).toMatchObject({ success_count: 100, error_count: 200, total_revenue: 100 });
    const failed = records.flatMap((record, index) => {
      if (record === fine) return [];
      return [{ index, code: record === invalid ? 'invalid_revenue' : 'message_not_found' }];
    });
    expect(answer.json).toMatchObject({ errors: failed.slice(0, 100) });
  });

  test.for([
    { count: 1000, total: '9999999999999.9' },
    { count: 999, total: '9989999999999.9001' },
  ])('carries every digit of a sum that no double can hold ($total)', async ({ count, total }) => {
    const { url, account } = stack();
    const record = { message_id: 'm1', offer_id: 'o0', revenue: 9_999_999_999.9999 };
    const answer = await postRecords(
      url,
      account.apiKey,
      Array.from({ length: count }, () => record),
    );
    expect(answer.text).toBe(`{"success_count":${count},"error_count":0,"total_revenue":${total},"errors":[]}`);
  });

  test('is right for each of 20 requests at once, and the stats of their contact add up', async () => {
    const { url, account, database } = stack();
    const [listContactId = ''] = await addContacts(database.sql, account, 1);
    await addMessages(database.sql, account, [{ id: 'shared', listContactId }]);

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, request) => {
        const record = { message_id: 'shared', offer_id: 'o0', revenue: request + 0.01 };
        return postRecords(
          url,
          account.apiKey,
          Array.from({ length: 50 }, () => record),
        );
      }),
    );

    answers.forEach(({ text }, request) => {
      const total = request * 50 + 0.5;
      expect(text).toBe(`{"success_count":50,"error_count":0,"total_revenue":${total},"errors":[]}`);
    });
    const { rows } = await database.sql.query(
      'SELECT revenue_total::text, conversion_count FROM list_contacts WHERE id = $1',
      [listContactId],
    );
    expect(rows).toEqual([{ revenue_total: '9510.0000', conversion_count: 1000 }]);
  });
});
