import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { compile, kindSpecs, resultSchema } from '@trackly/contract';
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';

import { addAccount } from './support/catalog.ts';
import { postRecords } from './support/http.ts';
import {
  addShop,
  amountOf,
  isShopThere,
  readContactTotals,
  readLineItems,
  shopFile,
  type LineItem,
  type ShopExpectation,
} from './support/online-retail.ts';
import { useStack } from './support/suite.ts';
import { trackly } from './support/trackly.ts';

const BATCH_SIZE = 1000;

/** From "12/1/10 8:26". */
function timestampOf({ InvoiceDate }: LineItem): string {
  const [, month = '', day = '', year = '', hour = '', minute = ''] =
    /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+)$/.exec(InvoiceDate) ?? [];
  const two = (digits: string) => digits.padStart(2, '0');
  return `20${two(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

const isAnswer = compile(resultSchema(kindSpecs.revenue));

function totalsOf({ perContact }: ShopExpectation): Map<string, string> {
  return new Map([...perContact].map(([id, total]) => [id, total.toFixed(4)]));
}

describe.skipIf(!isShopThere)("a real shop's line items", () => {
  const stack = useStack();

  test('counts, refusals and totals per customer are those of an independent computation', async () => {
    const { url, database } = stack();
    const account = await addAccount(database.sql);
    const items = readLineItems();
    const expected = await addShop(database.sql, account, items);

    const answered = { saved: 0, refused: 0, revenue: new Decimal(0) };
    for (let start = 0; start < items.length; start += BATCH_SIZE) {
      const records = items.slice(start, start + BATCH_SIZE).map((item) => ({
        message_id: item.InvoiceNo,
        offer_id: item.StockCode,
        revenue: amountOf(item).isZero() ? '0' : amountOf(item).toFixed(),
        timestamp: timestampOf(item),
      }));
      const answer = await postRecords(url, account.apiKey, records);
      if (!isAnswer(answer.json)) throw new Error(`This is not the documented answer: ${answer.text}`);
      answered.saved += answer.json.success_count;
      answered.refused += answer.json.error_count;
      answered.revenue = answered.revenue.plus(/"total_revenue":([\d.]+)/.exec(answer.text)?.[1] ?? NaN);
    }
    const chunks = await database.sql.query<{ code: string; count: number }>(
      `SELECT code, count(*)::integer AS count
       FROM (
         SELECT json_array_elements(errors) ->> 'code' AS code FROM import_chunks
         UNION ALL
         SELECT json_array_elements(rejected) ->> 'code' FROM imports
       ) AS refusal
       GROUP BY code`,
    );

    expect(items.length).toBeGreaterThan(10_000);
    expect(answered.saved).toBe(expected.saved);
    expect(answered.refused).toBe(items.length - expected.saved);
    expect(Object.fromEntries(chunks.rows.map(({ code, count }) => [code, count]))).toEqual(expected.refusals);
    expect(answered.revenue.toFixed(4)).toBe(expected.revenue.toFixed(4));
    expect(await readContactTotals(database.sql, account)).toEqual(totalsOf(expected));
  });

  test('the importer takes the file as it is, and tells of the row that is cut off', async () => {
    const { url, database } = stack();
    const account = await addAccount(database.sql);
    const items = readLineItems();
    const expected = await addShop(database.sql, account, items);
    await using cleanup = new AsyncDisposableStack();
    const folder = await mkdtemp(path.join(tmpdir(), 'trackly-shop-'));
    cleanup.defer(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'online-retail.csv');
    await copyFile(shopFile, file);

    const env = { TRACKLY_URL: url, TRACKLY_API_KEY: account.apiKey };
    const columns = 'message_id=InvoiceNo,offer_id=StockCode,revenue=Quantity*UnitPrice,timestamp=InvoiceDate';
    const formats = ['--map', columns, '--date-format', 'M/d/yy H:mm'];
    const { exitCode, stdout } = await trackly(['import', 'revenue', file, ...formats, '--json'], { env });
    expect(JSON.parse(stdout)).toMatchObject({
      records: items.length + 1,
      imported: expected.saved,
      rejected_by_code: { ...expected.refusals, invalid_record: 1 },
      total_revenue: expected.revenue.toFixed(),
    });
    expect(exitCode).toBe(1);
    expect(await readContactTotals(database.sql, account)).toEqual(totalsOf(expected));
    const { rows } = await database.sql.query<{ first: string; last: string }>(
      `SELECT min(occurred_at AT TIME ZONE 'UTC')::text AS first, max(occurred_at AT TIME ZONE 'UTC')::text AS last
       FROM revenue_records WHERE account_id = $1`,
      [account.id],
    );
    const times = items.map(timestampOf).toSorted((a, b) => (a < b ? -1 : 1));
    expect(rows).toEqual([
      { first: `${times[0]?.replace('T', ' ')}:00`, last: `${times.at(-1)?.replace('T', ' ')}:00` },
    ]);
    expect(await trackly(['verify', file], { env })).toMatchObject({ exitCode: 0 });
  });
});
