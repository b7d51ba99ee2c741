import type { ImportKind } from '@trackly/contract';
import fc from 'fast-check';

import { UNKNOWN_LIST } from '../../lab/catalog.ts';

/** Names and JSON texts of a record's fields. */
export type Member = [name: string, text: string];

/** What there is to send records to, and to whom it belongs. */
export interface Endpoint extends FuzzAccount {
  kind: ImportKind;
  /** The paths that the endpoint has. */
  paths: readonly string[];
  list: string;
  missing: string;
  tooMany: string;
  /** Of records that fit the schema, and are imported if the account has what they name. */
  members: fc.Arbitrary<Member[]>;
  /** Names of all members. */
  fields: readonly string[];
  /** The numbers in an answer. */
  counts: readonly string[];
  /** Where one record comes without a list. */
  one?: OneEndpoint;
}

interface OneEndpoint {
  paths: readonly string[];
  /** What it must have that a record of a list need not have. */
  required?: string;
  /** The fields of an answer. */
  answer: readonly string[];
}

/** Who asks, and what the account has: for revenue, enough to foresee every answer. */
export interface FuzzAccount {
  apiKey: string;
  messageIds: readonly string[];
  /** A message whose contact is gone. */
  orphanId: string;
  offerIds: readonly string[];
  /** Numbers by id. */
  lists: ReadonlyMap<number, string>;
}

const RECORDS = { list: 'records', missing: 'missing_records', tooMany: 'too_many_records' };
const DATES = [null, '2025-11-15T16:00:00Z', '2024-02-29', '2025-11-15T16:00:00.123456+02:00'];
const NUMBERS = ['+15551000001', '+15551000002', '15551000003'];

const oneOf = (...values: readonly unknown[]) => fc.constantFrom(...values.map((value) => JSON.stringify(value)));
const pathsOf = (path: string) => [`/api/v2${path}`, `/v2${path}`, `/api/v2${path}/`];

function fieldsOf(members: Record<string, fc.Arbitrary<string>>, ...required: string[]) {
  return {
    fields: Object.keys(members),
    members: fc.record(members, { requiredKeys: required }).map(Object.entries<string>),
  };
}

export function revenueOf(account: FuzzAccount): Endpoint {
  const members = {
    message_id: oneOf(...account.messageIds, account.orphanId, 'unknown'),
    offer_id: oneOf(...account.offerIds, 'unknown'),
    revenue: oneOf(0, 24.99, 1.00005, '12.5', '9999999999.9999', 8),
    payout: oneOf(null, 5, '0.1'),
    attribution_type: oneOf(null, 'sale', '😀', 'a"b\\c'),
    timestamp: oneOf(...DATES),
  };
  return {
    ...account,
    ...RECORDS,
    kind: 'revenue',
    paths: pathsOf('/history/revenue'),
    ...fieldsOf(members, 'message_id', 'offer_id', 'revenue'),
    counts: ['total_revenue'],
  };
}

/** Of the other kinds. They change what revenue may refer to, so they need an account of their own. */
export function othersOf(account: FuzzAccount): Endpoint[] {
  const list_number = oneOf(...account.lists.values(), UNKNOWN_LIST);
  const ids = Array.from({ length: 20 }, (_, number) => `fuzz-${number}`);
  const sends = {
    id: oneOf(...account.messageIds, ...ids),
    list_number,
    list_id: oneOf(null, null, ...account.lists.keys(), 1),
    to_number: oneOf(...NUMBERS),
    message: oneOf(null, 'Hello', ''),
    send_type: oneOf(null, 'campaign', '😀'),
    delivered: oneOf(null, true),
    length: oneOf(null, 5),
    timestamp: oneOf(...DATES.filter((date) => date !== null)),
  };
  const contacts = {
    phone_number: oneOf(...NUMBERS),
    list_number,
    signup_date: oneOf(...DATES),
    ip_address: oneOf(null, '127.0.0.1', '::1'),
    url: oneOf(null, 'https://example.com/'),
    custom_fields: oneOf(null, {}, { a: { b: [1] } }, { a: 1.5, '': null }, { long: 'x'.repeat(3_000) }),
    use_journeys: oneOf(null, true),
  };
  const offers = {
    id: oneOf(null, ...account.offerIds, ...ids),
    name: oneOf('An offer', '😀'),
    tracking_url: oneOf(null, 'https://example.com/?a=b'),
    external_id: oneOf(null, 'x0', 'x1'),
    external_platform: oneOf(null, 'tune'),
    payout: oneOf(null, 5, '0.1'),
    payout_type: oneOf(null, 'cpc'),
    status: oneOf(null, 'paused'),
  };
  return [
    {
      ...account,
      ...RECORDS,
      kind: 'sends',
      paths: pathsOf('/history/sends'),
      ...fieldsOf(sends, 'id', 'list_number', 'to_number', 'timestamp'),
      counts: ['invalid_phones', 'duplicates_skipped'],
    },
    {
      ...account,
      kind: 'contacts',
      paths: pathsOf('/contacts/bulk'),
      list: 'contacts',
      missing: 'missing_contacts',
      tooMany: 'too_many_contacts',
      ...fieldsOf(contacts, 'phone_number', 'list_number'),
      counts: ['contacts_created', 'list_contacts_created', 'list_contacts_updated', 'journeys_enrolled'],
      one: {
        paths: pathsOf('/contacts'),
        answer: [
          'success',
          'contact_id',
          'list_contact_id',
          'is_new_contact',
          'is_new_list_contact',
          'journeys_enrolled',
        ],
      },
    },
    {
      ...account,
      kind: 'offers',
      paths: pathsOf('/offers/bulk'),
      list: 'offers',
      missing: 'missing_offers',
      tooMany: 'too_many_offers',
      ...fieldsOf(offers, 'name'),
      counts: ['duplicates_skipped'],
      one: {
        paths: pathsOf('/offers'),
        required: 'tracking_url',
        answer: ['success', 'is_new_offer', 'offer'],
      },
    },
  ];
}
