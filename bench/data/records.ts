import { createRandom } from '../../test/lab/random.ts';
import { externalIdOf, GONE_MESSAGES, messageIdOf, offerIdOf, type CatalogSize } from './catalog.ts';

/** As clients send it. */
export interface HistoryRecord {
  message_id: string;
  offer_id: string;
  revenue: number;
  payout?: number;
  attribution_type?: string;
  timestamp?: string;
}

export interface DrawnRecord {
  record: HistoryRecord;
  /** Of its revenue. */
  cents: number;
  fate: Fate;
}

/** What must become of a record. */
export type Fate = 'saved' | 'message_not_found' | 'offer_not_found' | 'contact_not_found' | 'invalid_timestamp';

/** Every fiftieth record fails: 2 %. */
const FAILING_EVERY = 50;
const FAILURES: readonly Fate[] = [
  'message_not_found',
  'contact_not_found',
  'offer_not_found',
  'message_not_found',
  'invalid_timestamp',
];

const BY_EXTERNAL_ID = 0.2;
const WITH_PAYOUT = 0.3;
const WITH_ATTRIBUTION = 0.5;
const WITH_TIMESTAMP = 0.95;

const ATTRIBUTIONS = ['sale', 'lead', 'click', 'subscription'];

/** The history's years. Whatever is later was given no time, and got that of its import. */
const HISTORY_START = Date.UTC(2020, 10, 1);
export const HISTORY_END = Date.UTC(2025, 10, 1);
const HISTORY_DAYS = 5 * 365;
const DAY_MS = 86_400_000;

/** How long after its message a conversion comes, at most. Messages are numbered as they were sent. */
const DAYS_AFTER_MESSAGE = 7;

/**
 * Draws the records of a history, from the oldest to the latest; the same ones every time.
 *
 * @param seed other ones for another
 */
export function* drawRecords(seed: string, count: number, catalog: CatalogSize): Generator<DrawnRecord> {
  const random = createRandom(seed);
  const integer = (min: number, max: number) => random.integer(min, max);
  const cents = (most: number) => Math.ceil(most * 100 * (integer(1, 1_000) / 1_000) ** 3);
  // A few offers bring most of it.
  const offer = () => 1 + Math.floor(catalog.offers * (integer(0, 9_999) / 10_000) ** 2);
  const known = (number: number) => (random.chance(BY_EXTERNAL_ID) ? externalIdOf(number) : offerIdOf(number));

  for (let index = 0; index < count; index += 1) {
    const fate = index % FAILING_EVERY === 7 ? failureOf(Math.floor(index / FAILING_EVERY)) : 'saved';
    const revenue = cents(500);
    const time = HISTORY_START + (index / count) * (HISTORY_END - HISTORY_START - DAY_MS) + integer(0, DAY_MS - 1);
    const record: HistoryRecord = {
      message_id: messageIdOf(messageNumber(fate, index / count)),
      offer_id: fate === 'offer_not_found' ? `retired-${integer(1, 99)}` : known(offer()),
      revenue: revenue / 100,
    };
    if (random.chance(WITH_PAYOUT)) record.payout = cents(50) / 100;
    if (random.chance(WITH_ATTRIBUTION)) record.attribution_type = random.pick(ATTRIBUTIONS);
    if (fate === 'invalid_timestamp') record.timestamp = '11/15/2025';
    else if (random.chance(WITH_TIMESTAMP)) record.timestamp = `${new Date(time).toISOString().slice(0, 19)}Z`;
    yield { record, cents: revenue, fate };
  }

  function messageNumber(fate: Fate, position: number): number {
    const { messages } = catalog;
    if (fate === 'contact_not_found') return messages + integer(1, GONE_MESSAGES);
    if (fate === 'message_not_found') return messages + GONE_MESSAGES + integer(1, messages);
    const latest = Math.ceil(messages * position) + 1;
    return integer(Math.max(1, latest - messagesInDays(DAYS_AFTER_MESSAGE)), Math.min(latest, messages));
  }

  function messagesInDays(days: number): number {
    return Math.ceil((catalog.messages * days) / HISTORY_DAYS);
  }
}

function failureOf(number: number): Fate {
  return FAILURES[number % FAILURES.length] ?? 'message_not_found';
}
