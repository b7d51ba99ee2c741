import { createReadStream } from 'node:fs';

import { parse } from 'csv-parse';
import { Decimal } from 'decimal.js';

import type { DemoFiles } from './generate.ts';

export interface ContactTotal {
  revenue: Decimal;
  count: number;
}

export interface Expectation {
  saved: number;
  rejected: number;
  revenue: Decimal;
  /** By list number and phone number. */
  contacts: Map<string, ContactTotal>;
}

/**
 * Computes from the files alone what the import must save. Shares no code with the product, so that the two cannot have
 * the same mistake.
 */
export async function expectFrom(files: DemoFiles): Promise<Expectation> {
  const gone = new Set(files.gone);
  const contactOf = new Map<string, string>();
  for await (const row of rows(files.messages)) {
    const isGone = gone.has(row['phone_number'] ?? '');
    contactOf.set(row['message_id'] ?? '', isGone ? '' : contactKey(row['list_number'], row['phone_number']));
  }
  const offers = new Set<string>();
  for await (const row of rows(files.offers)) {
    offers.add(row['offer_id'] ?? '');
    if (row['external_id']) offers.add(row['external_id']);
  }

  const expected: Expectation = { saved: 0, rejected: 0, revenue: new Decimal(0), contacts: new Map() };
  for await (const row of rows(files.revenue)) {
    const contact = contactOf.get(row['message_id'] ?? '');
    if (!contact || !offers.has(row['offer_id'] ?? '') || !isWellFormed(row)) {
      expected.rejected += 1;
      continue;
    }
    const revenue = new Decimal(row['revenue'] ?? '').toDecimalPlaces(4, Decimal.ROUND_HALF_UP);
    const total = expected.contacts.get(contact) ?? { revenue: new Decimal(0), count: 0 };
    expected.contacts.set(contact, { revenue: total.revenue.plus(revenue), count: total.count + 1 });
    expected.revenue = expected.revenue.plus(revenue);
    expected.saved += 1;
  }
  return expected;
}

/** The key of a contact on a list in {@link Expectation.contacts}. */
export function contactKey(listNumber: string | undefined, phoneNumber: string | undefined): string {
  return `${listNumber} ${phoneNumber}`;
}

function isWellFormed(row: Partial<Record<string, string>>): boolean {
  const { revenue = '', payout = '', attribution_type: attribution = '', timestamp = '' } = row;
  const isAmount = (text: string) => /^[0-9.]+$/.test(text);
  const isDate = timestamp === '' || (timestamp.startsWith('20') && !timestamp.includes('-02-30'));
  return isAmount(revenue) && (payout === '' || isAmount(payout)) && attribution.length < 65 && isDate;
}

async function* rows(file: string): AsyncGenerator<Partial<Record<string, string>>> {
  const records: AsyncIterable<Partial<Record<string, string>>> = createReadStream(file).pipe(parse({ columns: true }));
  yield* records;
}
