import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { compile, RevenueImportResponse } from '@trackly/contract';
import { parse } from 'csv-parse/sync';
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';

import { addContacts, addMessages, addOffers } from './support/catalog.ts';
import { postRecords } from './support/http.ts';
import { useStack } from './support/suite.ts';

const file = fileURLToPath(new URL('../../shared/data/online-retail.csv', import.meta.url));
const NO_CONTACT = '999999999';
const BATCH_SIZE = 1000;

interface LineItem {
  InvoiceNo: string;
  StockCode: string;
  Quantity: string;
  InvoiceDate: string;
  UnitPrice: string;
  CustomerID: string;
}

/** An invoice is a message, its customer the contact, a stock code the offer. The extract ends in the middle of a row. */
function readLineItems(): LineItem[] {
  return parse<LineItem>(readFileSync(file), { columns: true, skip_records_with_error: true });
}

function amountOf({ Quantity, UnitPrice }: LineItem): Decimal {
  return new Decimal(Quantity).times(UnitPrice);
}

/** From "12/1/10 8:26". */
function timestampOf({ InvoiceDate }: LineItem): string {
  const [, month = '', day = '', year = '', hour = '', minute = ''] =
    /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+)$/.exec(InvoiceDate) ?? [];
  const two = (digits: string) => digits.padStart(2, '0');
  return `20${two(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

function increment(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

const isAnswer = compile(RevenueImportResponse);

describe.skipIf(!existsSync(file))("a real shop's line items", () => {
  const stack = useStack();

  test('counts, refusals and totals per customer are those of an independent computation', async () => {
    const { url, database, account } = stack();
    const items = readLineItems();

    const customers = [...new Set(items.map(({ CustomerID }) => CustomerID).filter((id) => id !== ''))];
    const contactIds = await addContacts(database.sql, account, customers.length);
    const contactOf = new Map(customers.map((customer, index) => [customer, contactIds[index] ?? '']));
    const customerOf = new Map(items.map(({ InvoiceNo, CustomerID }) => [InvoiceNo, CustomerID]));
    await addMessages(
      database.sql,
      account,
      [...customerOf].map(([id, customer]) => ({ id, listContactId: contactOf.get(customer) ?? NO_CONTACT })),
    );
    const stockCodes = [...new Set(items.map(({ StockCode }) => StockCode))];
    await addOffers(
      database.sql,
      account,
      stockCodes.map((id) => ({ id })),
    );

    const expected = { saved: 0, revenue: new Decimal(0), perContact: new Map<string, Decimal>() };
    const expectedRefusals: Record<string, number> = {};
    for (const item of items) {
      const amount = amountOf(item);
      if (amount.isNegative() && !amount.isZero()) {
        increment(expectedRefusals, 'invalid_revenue');
      } else if (item.CustomerID === '') {
        increment(expectedRefusals, 'contact_not_found');
      } else {
        const contact = contactOf.get(item.CustomerID) ?? '';
        expected.saved += 1;
        expected.revenue = expected.revenue.plus(amount);
        expected.perContact.set(contact, (expected.perContact.get(contact) ?? new Decimal(0)).plus(amount));
      }
    }

    const answered = { saved: 0, refused: 0, revenue: new Decimal(0) };
    const refusals: Record<string, number> = {};
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
    for (const { code, count } of chunks.rows) refusals[code] = count;

    expect(items.length).toBeGreaterThan(10_000);
    expect(answered.saved).toBe(expected.saved);
    expect(answered.refused).toBe(items.length - expected.saved);
    expect(refusals).toEqual(expectedRefusals);
    expect(answered.revenue.toFixed(4)).toBe(expected.revenue.toFixed(4));

    const stored = await database.sql.query<{ id: string; total: string }>(
      `SELECT id::text, revenue_total::text AS total FROM list_contacts WHERE conversion_count > 0`,
    );
    expect(new Map(stored.rows.map(({ id, total }) => [id, total]))).toEqual(
      new Map([...expected.perContact].map(([id, total]) => [id, total.toFixed(4)])),
    );
  });
});
