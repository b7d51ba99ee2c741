import { createReadStream } from 'node:fs';

import { parse } from 'csv-parse';
import { Decimal } from 'decimal.js';

import type { DemoFiles } from './generate.ts';

/** The stats of a contact on the list. */
export interface Stats {
  sends: number;
  /** In milliseconds; undefined without sends. */
  lastSentAt: number | undefined;
  conversions: number;
  revenue: Decimal;
}

export interface Expectation {
  /** By phone number, without those who were deleted. */
  contacts: Map<string, Stats>;
  /** Ids. */
  offers: Set<string>;
  messages: number;
  revenueRows: number;
}

type CsvRow = Partial<Record<string, string>>;

/**
 * Computes from the files alone what the imports must save. Shares no code with the product, so that the two cannot have
 * the same mistake.
 *
 * @param list the number of the only list that there is
 */
export async function expectFrom(files: DemoFiles, list: string): Promise<Expectation> {
  const isOnList = (row: CsvRow, phone: string) => row['list_number'] === list && /^\+\d{7,15}$/.test(row[phone] ?? '');
  const contacts = new Map<string, Stats>();
  const statsOf = (phone: string) => {
    const found = contacts.get(phone);
    const stats = found ?? { sends: 0, lastSentAt: undefined, conversions: 0, revenue: new Decimal(0) };
    contacts.set(phone, stats);
    return stats;
  };

  for await (const row of rows(files.contacts)) {
    if (isOnList(row, 'phone_number') && isTime(row['signup_date'])) statsOf(row['phone_number'] ?? '');
  }

  const offers = new Set<string>();
  const namesOfOffers = new Set<string>();
  for await (const { id = '', external_id: externalId = '' } of rows(files.offers)) {
    offers.add(id);
    namesOfOffers.add(id).add(externalId);
  }
  namesOfOffers.delete('');

  const personOf = new Map<string, string>();
  for await (const row of rows(files.sends)) {
    const { id, to_number: phone = '', timestamp = '', delivered = '' } = row;
    if (!id || !isOnList(row, 'to_number') || !isTime(timestamp) || !['', 'true', 'false'].includes(delivered))
      continue;
    personOf.set(id, phone);
    const stats = statsOf(phone);
    stats.sends += 1;
    stats.lastSentAt = Math.max(Date.parse(timestamp), stats.lastSentAt ?? 0);
  }
  for (const phone of files.gone) contacts.delete(phone);

  let revenueRows = 0;
  for await (const row of rows(files.revenue)) {
    const stats = contacts.get(personOf.get(row['message_id'] ?? '') ?? '');
    if (!stats || !namesOfOffers.has(row['offer_id'] ?? '') || !isRevenue(row)) continue;
    stats.conversions += 1;
    stats.revenue = stats.revenue.plus(new Decimal(row['revenue'] ?? '').toDecimalPlaces(4, Decimal.ROUND_HALF_UP));
    revenueRows += 1;
  }
  return { contacts, offers, messages: personOf.size, revenueRows };
}

function isRevenue({ revenue, payout, attribution_type: attribution = '', timestamp }: CsvRow): boolean {
  const isAmount = (text = '') => /^[0-9.]+$/.test(text);
  return (
    isAmount(revenue) && (!payout || isAmount(payout)) && attribution.length < 65 && (!timestamp || isTime(timestamp))
  );
}

function isTime(text = ''): boolean {
  return text.startsWith('20') && !text.includes('-02-30');
}

async function* rows(file: string): AsyncGenerator<CsvRow> {
  const records: AsyncIterable<CsvRow> = createReadStream(file).pipe(parse({ columns: true }));
  yield* records;
}
