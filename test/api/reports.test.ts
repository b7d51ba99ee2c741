import { compile, exactNumber, keysOf, reportDimensions, RevenueReport } from '@trackly/contract';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';

import { addAccount, addOffers, type TestAccount } from '../support/catalog.ts';
import { eventually } from '../support/eventually.ts';
import { get, importIdOf, postRecords, type Answer } from '../support/http.ts';
import { expectedReport, externalIds, type CountedRecord, type ReportFilters } from '../support/report-model.ts';
import { useStack } from '../support/suite.ts';

const RUNS = 150;

const isReport = compile(RevenueReport);
const base64 = (text: string) => Buffer.from(text).toString('base64url');

const stack = useStack();

async function report(account: TestAccount, parameters: Record<string, string>, accept = '*/*'): Promise<Answer> {
  const address = `${stack().url}/api/v2/reports/revenue?${new URLSearchParams(parameters).toString()}`;
  const response = await fetch(address, { headers: { 'x-api-key': account.apiKey, accept } });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

describe('sums', () => {
  const OFFERS = ['a', 'B', 'é, "1"', '😀'.repeat(255)];
  const LISTS = ['+15550001', '20200'];
  const GONE = '999999999';
  const IMPORTS = Array.from({ length: 3 }, () => uuidv7());
  const BOUNDARIES = ['2024-02-28', '2024-02-29', '2024-03-01', '2024-03-02'].map((day) => `${day}T00:00:00.000000Z`);

  const times = fc.oneof(
    fc.constantFrom(...BOUNDARIES, '2024-02-29T23:59:59.999999Z'),
    fc
      .tuple(fc.date({ min: new Date('2024-02-27'), max: new Date('2024-03-03'), noInvalidDate: true }), fc.nat(999))
      .map(([date, micros]) => `${date.toISOString().slice(0, 23)}${String(micros).padStart(3, '0')}Z`),
  );
  const amounts = fc.bigInt(0n, 99_999_999_999_999n).map((digits) => {
    const text = String(digits).padStart(5, '0');
    return `${text.slice(0, -4)}.${text.slice(-4)}`;
  });
  const records: fc.Arbitrary<CountedRecord> = fc.record({
    offer: fc.constantFrom(...OFFERS, null),
    list: fc.constantFrom(...LISTS, null),
    attributionType: fc.constantFrom('sale', 'Lead', 'a,"b"\n'),
    importId: fc.constantFrom(...IMPORTS),
    at: times,
    revenue: amounts,
    payout: fc.option(amounts),
  });
  const FILTERS = {
    from: times,
    to: times,
    day: fc.constantFrom('2024-02-29', '2024-03-01'),
    month: fc.constantFrom('2024-02', '2024-03'),
    offer: fc.constantFrom(...OFFERS, 'unknown'),
    list: fc.constantFrom(...LISTS, 'unknown'),
    attribution_type: fc.constantFrom('sale', 'a,"b"\n', 'unknown'),
    import: fc.constantFrom(...IMPORTS, uuidv7()),
  };
  // With more at the same time, hardly a record would be left.
  const filters: fc.Arbitrary<ReportFilters> = fc
    .subarray(keysOf(FILTERS), { maxLength: 2 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, FILTERS[name]]))));

  /** Adds an account with the records as they would have been saved. */
  async function addRecords(saved: CountedRecord[]): Promise<TestAccount> {
    const { sql } = stack().database;
    const account = await addAccount(sql);
    const offers = OFFERS.map((id) => ({ id, externalId: externalIds.get(id) }));
    await addOffers(sql, account, offers);
    await sql.query(
      `WITH list AS (
         INSERT INTO sending_lists (account_id, list_number) SELECT $1, unnest($2::text[]) RETURNING id, list_number
       ), contact AS (
         INSERT INTO contacts (account_id, phone_number) VALUES ($1, '+15550000') RETURNING id
       )
       INSERT INTO list_contacts (account_id, sending_list_id, contact_id) SELECT $1, list.id, contact.id FROM list, contact`,
      [account.id, LISTS],
    );
    await sql.query(
      `INSERT INTO revenue_records
       SELECT $1, record."importId", row_number() OVER (), 1, coalesce(offer.id, ${GONE}), coalesce(contact.id, ${GONE}),
         record.revenue, record.payout, record."attributionType", record.at
       FROM json_to_recordset($2) AS record (
         "importId" uuid, offer text, list text, revenue numeric, payout numeric, "attributionType" text, at timestamptz
       )
       LEFT JOIN offers AS offer ON offer.account_id = $1 AND offer.public_id = record.offer
       LEFT JOIN sending_lists AS list ON list.account_id = $1 AND list.list_number = record.list
       LEFT JOIN list_contacts AS contact ON contact.account_id = $1 AND contact.sending_list_id = list.id`,
      [account.id, JSON.stringify(saved)],
    );
    return account;
  }

  async function walk(account: TestAccount, parameters: Record<string, string>, limit: number): Promise<unknown[]> {
    const rows: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = reportOf(await report(account, { ...parameters, limit: String(limit), ...(cursor && { cursor }) }));
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      expect(page.next_cursor).not.toBe(cursor);
      rows.push(...page.rows);
      cursor = page.next_cursor;
    }
    return rows;
  }

  test('are those of the records to the last digit: as JSON, page by page and as CSV', async () => {
    const property = fc.asyncProperty(
      fc.array(records, { maxLength: 30, size: 'max' }),
      fc.constantFrom(...reportDimensions),
      filters,
      fc.integer({ min: 1, max: 3 }),
      async (saved, by, given, limit) => {
        const account = await addRecords(saved);
        const parameters = { by, ...given };
        const { rows, total } = expectedReport(saved, by, given);
        const answer = await report(account, parameters);
        // The times, the day and the month have nothing in common.
        if (answer.status === 400) return rows.length === 0;
        const { from, to } = reportOf(answer);
        const expected = { by, from, to, rows: rows.map(withNumbers), total: withNumbers(total), next_cursor: null };
        expect(answer.text).toBe(JSON.stringify(expected));
        expect(await walk(account, parameters, limit)).toEqual(JSON.parse(JSON.stringify(expected.rows)));

        const csv = await report(account, parameters, 'text/csv');
        const cells = rows.map((row) => Object.values<string | number | null>(row).map((value) => String(value ?? '')));
        expect(parse(csv.text, { from: 2 })).toEqual(cells);
        return true;
      },
    );
    await fc.assert(property, { numRuns: RUNS });
  });
});

describe('a report', () => {
  test('has what was imported, and nothing any more that was undone', async () => {
    const { url, account } = stack();
    const record = { message_id: 'm0', offer_id: 'o0', revenue: 0.1, timestamp: '2024-05-31T23:00:00-03:00' };
    const first = await postRecords(url, account.apiKey, [record, { ...record, revenue: 0.2, payout: 7.05 }]);
    const second = await postRecords(url, account.apiKey, [record]);
    expect([first.status, second.status]).toEqual([200, 200]);

    const byDay = { by: 'day', month: '2024-06' };
    const sums = { record_count: 3, revenue: 0.4, payout: 7.05 };
    expect((await report(account, byDay)).json).toEqual({
      by: 'day',
      from: '2024-06-01T00:00:00Z',
      to: '2024-07-01T00:00:00Z',
      rows: [{ day: '2024-06-01', ...sums }],
      total: sums,
      next_cursor: null,
    });

    const undone = await fetch(`${url}/api/v2/history/imports/${importIdOf(first)}`, {
      method: 'DELETE',
      headers: { 'x-api-key': account.apiKey },
    });
    expect(undone.status).toBe(200);
    const left = { record_count: 1, revenue: 0.1, payout: 0 };
    expect((await report(account, byDay)).json).toMatchObject({ rows: [{ day: '2024-06-01', ...left }], total: left });
    expect((await report(account, { by: 'import' })).json).toMatchObject({ rows: [{ import_id: importIdOf(second) }] });
  });

  test('is of its own account, under both prefixes', async () => {
    const { url, account, database } = stack();
    const other = await addAccount(database.sql);
    await postRecords(url, account.apiKey, [{ message_id: 'm0', offer_id: 'o0', revenue: 1 }]);
    for (const prefix of ['/api/v2', '/v2']) {
      const address = `${url}${prefix}/reports/revenue?by=offer`;
      expect(await get(address, account.apiKey)).toMatchObject({
        status: 200,
        json: { rows: [{ offer_id: 'o0', external_id: 'x0' }] },
      });
      expect(await get(`${address}&offer=o0`, other.apiKey)).toMatchObject({
        status: 200,
        json: { rows: [], total: { record_count: 0, revenue: 0, payout: 0 } },
      });
      expect(await get(address)).toMatchObject({ status: 401, json: { code: 'missing_api_key' } });
    }
  });

  test('narrows from and to by day and month', async () => {
    const { account } = stack();
    const parameters = { by: 'day', from: '2024-02-29T12:00:00.000001+01:00', to: '2024-03-05', month: '2024-02' };
    expect((await report(account, parameters)).json).toMatchObject({
      from: '2024-02-29T11:00:00.000001Z',
      to: '2024-03-01T00:00:00Z',
    });
    expect((await report(account, { by: 'day', day: '2024-12-31' })).json).toMatchObject({
      from: '2024-12-31T00:00:00Z',
      to: '2025-01-01T00:00:00Z',
    });
  });

  test.for(['application/json', '*/*', 'application/*, text/csv;q=0.5', 'text/csv;q=0.1, */*'])(
    'is JSON for Accept: %s',
    async (accept) => {
      const { headers, status } = await report(stack().account, { by: 'day' }, accept);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(headers.get('vary')).toBe('accept');
    },
  );

  test('is a CSV file with a header, also when it is empty', async () => {
    const { status, headers, text } = await report(stack().account, { by: 'offer', offer: 'none' }, 'text/csv');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename="revenue-by-offer.csv"');
    expect(text).toBe('offer_id,name,external_id,record_count,revenue,payout\n');
  });

  test('is refused in another form', async () => {
    const answer = await report(stack().account, { by: 'day' }, 'text/html');
    expect(answer).toMatchObject({ status: 406, json: { code: 'not_acceptable' } });
  });

  test.for<[Record<string, string>, string]>([
    [{}, "must have required property 'by'."],
    [{ by: 'week' }, 'by must be one of day, month, offer, list, attribution_type, import.'],
    [{ by: 'day', until: '2024' }, 'There is no parameter "until".'],
    [{ by: 'day', from: 'yesterday' }, 'from must be an ISO 8601 date or date-time'],
    [{ by: 'day', to: '2024-02-30' }, 'to must be an ISO 8601 date or date-time'],
    [{ by: 'day', from: '2024-03-01', to: '2024-03-01' }, 'from must be before to'],
    [{ by: 'day', day: '2024-03-01', month: '2024-02' }, 'from must be before to'],
    [{ by: 'day', day: '2024-03-01T00:00:00Z' }, 'day must be a date since 1970, such as 2025-11-15.'],
    [{ by: 'day', month: '2024-13' }, 'month must be a month since 1970, such as 2025-11.'],
    [{ by: 'day', month: '9999-12' }, 'month must be a month since 1970'],
    [{ by: 'day', offer: '' }, 'offer must NOT have fewer than 1 characters.'],
    [{ by: 'day', offer: 'a\0' }, 'offer '],
    [{ by: 'day', import: '1' }, 'import must be the id of an import, a UUID.'],
    [{ by: 'day', limit: '0' }, 'limit must be >= 1.'],
    [{ by: 'day', limit: '10001' }, 'limit must be <= 10000.'],
    [{ by: 'day', cursor: 'x' }, 'cursor must be the next_cursor of a page of the same report.'],
    [{ by: 'day', cursor: base64('offer:o0') }, 'cursor must be the next_cursor'],
    [{ by: 'offer', cursor: base64('offer:\0') }, 'cursor must be the next_cursor'],
    [{ by: 'offer', cursor: `${base64('offer:o0')}!` }, 'cursor must be the next_cursor'],
    [{ by: 'offer', cursor: 'b2ZmZXI66Q' }, 'cursor must be the next_cursor'], // "offer:é" in Latin-1
  ])('is refused for %j', async ([parameters, expected]) => {
    const answer = await report(stack().account, parameters);
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_parameter' } });
    expect(answer.json).toMatchObject({ error: expect.stringContaining(expected) });
  });
});

describe('a report that takes too long', () => {
  const slow = useStack({ reportTimeoutMs: 100, worker: false });

  test('is ended, and answered with what to do', async () => {
    const { url, account, database } = slow();
    const client = await database.sql.connect();
    try {
      await client.query('BEGIN; LOCK TABLE revenue_records');
      // PostgreSQL may be too busy to say in time that it has given up.
      await eventually(async () => {
        const answer = await get(`${url}/api/v2/reports/revenue?by=day`, account.apiKey);
        expect(answer).toMatchObject({ status: 422, json: { code: 'report_too_large' } });
      });
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

function reportOf(answer: Answer): RevenueReport {
  if (!isReport(answer.json)) throw new Error(`That is no report: ${answer.text}`);
  return answer.json;
}

function withNumbers<T extends { revenue: string; payout: string }>(sums: T) {
  return { ...sums, revenue: exactNumber(sums.revenue), payout: exactNumber(sums.payout) };
}
