import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse } from 'csv-parse/sync';
import { Decimal } from 'decimal.js';
import type pg from 'pg';

import { addContacts, addMessages, addOffers, GONE_CONTACT, type TestAccount } from './catalog.ts';

/** A real shop's line items. An invoice is a message, its customer the contact, a stock code the offer. */
export const shopFile = fileURLToPath(new URL('../../../shared/data/online-retail.csv', import.meta.url));
export const isShopThere = existsSync(shopFile);

export interface LineItem {
  InvoiceNo: string;
  StockCode: string;
  Quantity: string;
  InvoiceDate: string;
  UnitPrice: string;
  CustomerID: string;
}

/** The extract ends in the middle of a row. */
export function readLineItems(): LineItem[] {
  return parse<LineItem>(readFileSync(shopFile), { columns: true, skip_records_with_error: true });
}

export function amountOf({ Quantity, UnitPrice }: LineItem): Decimal {
  return new Decimal(Quantity).times(UnitPrice);
}

export interface ShopExpectation {
  saved: number;
  revenue: Decimal;
  /** By the id of the contact. */
  perContact: Map<string, Decimal>;
  refusals: Record<string, number>;
}

/** Adds what the line items refer to, and computes what importing them must bring. */
export async function addShop(sql: pg.Pool, account: TestAccount, items: LineItem[]): Promise<ShopExpectation> {
  const customers = [...new Set(items.map(({ CustomerID }) => CustomerID).filter((id) => id !== ''))];
  const contactIds = await addContacts(sql, account, customers.length);
  const contactOf = new Map(customers.map((customer, index) => [customer, contactIds[index] ?? '']));
  const customerOf = new Map(items.map(({ InvoiceNo, CustomerID }) => [InvoiceNo, CustomerID]));
  await addMessages(
    sql,
    account,
    [...customerOf].map(([id, customer]) => ({ id, listContactId: contactOf.get(customer) ?? GONE_CONTACT })),
  );
  const stockCodes = [...new Set(items.map(({ StockCode }) => StockCode))];
  await addOffers(
    sql,
    account,
    stockCodes.map((id) => ({ id })),
  );

  const expected: ShopExpectation = { saved: 0, revenue: new Decimal(0), perContact: new Map(), refusals: {} };
  const refuse = (code: string) => {
    expected.refusals[code] = (expected.refusals[code] ?? 0) + 1;
  };
  for (const item of items) {
    const amount = amountOf(item);
    if (amount.isNegative() && !amount.isZero()) {
      refuse('invalid_revenue');
    } else if (item.CustomerID === '') {
      refuse('contact_not_found');
    } else {
      const contact = contactOf.get(item.CustomerID) ?? '';
      expected.saved += 1;
      expected.revenue = expected.revenue.plus(amount);
      expected.perContact.set(contact, (expected.perContact.get(contact) ?? new Decimal(0)).plus(amount));
    }
  }
  return expected;
}

/** What the contacts of the account have in sum, by their ids, for those that have something. */
export async function readContactTotals(sql: pg.Pool, account: TestAccount): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ id: string; total: string }>(
    `SELECT id::text, revenue_total::text AS total FROM list_contacts WHERE account_id = $1 AND conversion_count > 0`,
    [account.id],
  );
  return new Map(rows.map(({ id, total }) => [id, total]));
}
