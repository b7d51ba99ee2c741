import { revenueRecordErrors, type RevenueRecordErrorCode } from '@trackly/contract';

import { sum, toDecimal } from './amount.ts';
import type { Account } from './catalog.ts';
import type { Random } from './random.ts';

const MAX_LISTED_ERRORS = 100;
const WRONG = 0.05;
const DAY_MS = 86_400_000;
const NEWEST = Date.parse('2026-01-01T00:00:00Z');

/** A row that must be there once the request has been answered. */
export interface ExpectedRow {
  index: number;
  contactId: string;
  /** Ten-thousandths. */
  revenue: number;
}

/** The documented answer, as JSON.parse reads it. */
export interface Envelope {
  success_count: number;
  error_count: number;
  total_revenue: number;
  errors: { index: number; code: string; error: string }[];
}

/** A request, and all that must come of it. */
export interface RevenueRequest {
  /** Its Idempotency-Key; also begins the X-Request-Id of each attempt, which the import keeps. */
  key: string;
  account: Account;
  /** JSON. */
  body: string;
  recordCount: number;
  rows: ExpectedRow[];
  answer: Envelope;
}

export interface RequestShape {
  account: Account;
  recordsPerRequest: readonly [min: number, max: number];
  /** Draw contacts from so many only, so that requests contend for them; unset: from all. */
  hotContacts?: number | undefined;
  /** Every record says when: no contact's latest time is that of the latest import. */
  isDated?: boolean | undefined;
}

type Built = { record: object } & ({ row: Omit<ExpectedRow, 'index'> } | { code: RevenueRecordErrorCode });

/** Builds a request of random records, some of which must fail. The same choices build the same request. */
export function buildRevenueRequest(key: string, shape: RequestShape, random: Random): RevenueRequest {
  const { account, recordsPerRequest } = shape;
  const built = Array.from({ length: random.integer(...recordsPerRequest) }, () =>
    random.chance(WRONG) ? wrongRecord(account, random) : rightRecord(shape, random),
  );
  const rows = built.flatMap((one, index) => ('row' in one ? [{ ...one.row, index }] : []));
  const errors = built.flatMap((one, index) =>
    'code' in one ? [{ index, code: one.code, error: revenueRecordErrors[one.code] }] : [],
  );
  return {
    key,
    account,
    body: JSON.stringify({ records: built.map(({ record }) => record) }),
    recordCount: built.length,
    rows,
    answer: {
      success_count: rows.length,
      error_count: errors.length,
      // The shortest number that is written as this decimal; with so few digits there is only one.
      total_revenue: Number(toDecimal(sum(rows.map(({ revenue }) => revenue)))),
      errors: errors.slice(0, MAX_LISTED_ERRORS),
    },
  };
}

function rightRecord(shape: RequestShape, random: Random): Built {
  const { account, hotContacts = account.messages.length, isDated = false } = shape;
  const message = account.messages[random.integer(0, hotContacts - 1)];
  if (!message) throw new Error('There are fewer contacts than that.');
  const revenue = random.chance(0.7) ? random.integer(0, 20_000) * 100 : random.integer(0, 5_000_000);
  return {
    record: {
      message_id: message.id,
      offer_id: random.pick(account.offers),
      revenue: random.chance(0.5) ? toDecimal(revenue) : Number(toDecimal(revenue)),
      ...((isDated || random.chance(0.8)) && { timestamp: new Date(NEWEST - age(random)).toISOString() }),
    },
    row: { contactId: message.contactId, revenue },
  };
}

/** Milliseconds, so that hardly two records are of the same time. */
function age(random: Random): number {
  return random.integer(0, 700) * DAY_MS + random.integer(0, DAY_MS - 1);
}

function wrongRecord(account: Account, random: Random): Built {
  const message_id = random.pick(account.messages).id;
  const offer_id = random.pick(account.offers);
  const revenue = random.integer(0, 100);
  return random.pick<Built>([
    { record: { message_id: `${message_id}-unknown`, offer_id, revenue }, code: 'message_not_found' },
    { record: { message_id: account.orphan, offer_id, revenue }, code: 'contact_not_found' },
    { record: { message_id, offer_id: 'unknown', revenue }, code: 'offer_not_found' },
    { record: { message_id, offer_id, revenue: -1 - revenue }, code: 'invalid_revenue' },
    { record: { offer_id, revenue }, code: 'missing_message_id' },
  ]);
}
