import type { ImportKind } from '@trackly/contract';
import fc from 'fast-check';

import { LISTS, person } from '../../sends/support.ts';
import type { Drawn } from './state.ts';

// Few of everything, so that they collide; the last ones are there before all imports.
const MESSAGES = ['a', 'a', 'b', 'b', 'c', 'd', 'e', 'f', 'g', 'live'];
const EARNING = ['a', 'b', 'live'];
const OFFERS = ['o0', 'o1', 'o3', 'live'];
const PEOPLE = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4].map(person);
const [LIST = ''] = LISTS;

const mostly = (values: readonly unknown[], others: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 40 }, { arbitrary: fc.constantFrom(...others), weight: 1 });
const rarely = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, arbitrary);
const absent = (arbitrary: fc.Arbitrary<unknown>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const customFields = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  // Two of the long ones have no room together.
  fc.oneof(
    { arbitrary: fc.constantFrom<unknown>(null, true, 1, 2, 'x', [1], { a: 1 }), weight: 2 },
    { arbitrary: fc.constantFrom('x'.repeat(1985), 'y'.repeat(2010)), weight: 2 },
  ),
  { maxKeys: 2, noNullPrototype: true },
);
const contacts: fc.Arbitrary<Drawn> = fc
  .record({
    phone_number: mostly(PEOPLE, ['15551000001', '', null]),
    list_number: mostly([LIST, LIST, LIST, ...LISTS], [null, '+15559999999']),
    signup_date: absent(mostly(['2025-01-01', '2025-02-01T10:00:00Z'], ['soon'])),
    ip_address: absent(fc.constantFrom('::1', '203.0.113.7')),
    url: absent(mostly(['https://a.example', 'https://b.example'], [''])),
    custom_fields: absent(customFields),
  })
  .filter((contact) => JSON.stringify(contact).length < 3900);
const offersInAnyForm: fc.Arbitrary<Drawn> = fc.record({
  id: fc.option(fc.constantFrom(...OFFERS), { nil: undefined, freq: 6 }),
  name: mostly(['One', 'One', 'One', 'Two'], ['', null]),
  tracking_url: rarely(fc.constant('https://go.example')),
  external_id: absent(fc.constantFrom('o0', 'o3', 'x')),
  payout: rarely(mostly([0, 5.25], [-1])),
  status: rarely(mostly(['active', 'paused'], ['gone'])),
});
/** Says the same, or all but one field. */
const usualOffers: fc.Arbitrary<Drawn> = fc
  .tuple(
    fc.constantFrom(...OFFERS),
    fc.constantFrom<Drawn[]>(
      {},
      {},
      { tracking_url: 'https://go.example' },
      { external_id: 'o0' },
      { payout: 5.25 },
      { status: 'paused' },
    ),
  )
  .map(([id, other]) => ({ id, name: 'One', external_id: 'x', ...other }));
const offers = fc.oneof(usualOffers, offersInAnyForm);
/** A list id is that of a list by position; the last position is that of no list. */
const place: fc.Arbitrary<Drawn> = fc.oneof(
  { arbitrary: fc.record({ list_number: mostly([LIST, LIST, ...LISTS], [null, '+15559999999']) }), weight: 10 },
  { arbitrary: fc.record({ list_id: fc.nat({ max: LISTS.length }) }), weight: 2 },
  {
    arbitrary: fc.record({ list_number: fc.constantFrom(...LISTS), list_id: fc.nat({ max: LISTS.length }) }),
    weight: 1,
  },
);
const sendsInAnyForm: fc.Arbitrary<Drawn> = fc
  .tuple(
    fc.record(
      {
        id: mostly(MESSAGES, [null, '', ' ']),
        to_number: mostly(PEOPLE, ['15551000001', '', null]),
        message: fc.constantFrom('', 'Hello', null),
        send_type: fc.constantFrom('campaign', 'single', null),
        delivered: mostly([true, false, null], ['yes']),
        length: mostly([0, 35, null], [-1, 1.5]),
        timestamp: mostly(['2025-01-01', '2025-02-01T10:00:00Z', '2025-03-01T00:00:00+02:00'], [null, 'soon']),
      },
      { requiredKeys: ['id', 'to_number', 'timestamp'] },
    ),
    place,
  )
  .map(([record, where]) => ({ ...record, ...where }));
/** Says the same whenever the id is the same, or all but one field. */
const usualSends: fc.Arbitrary<Drawn> = fc
  .tuple(
    fc.constantFrom(...MESSAGES),
    fc.constantFrom<Drawn[]>(
      {},
      {},
      {},
      { to_number: person(0) },
      { timestamp: '2025-01-01' },
      { send_type: 'single' },
      { send_type: null },
      { delivered: false },
      { length: 0 },
    ),
  )
  .map(([id, other]) => ({
    id,
    list_number: LIST,
    to_number: id === 'live' ? person(4) : person(MESSAGES.indexOf(id) % 3),
    timestamp: '2025-02-01T10:00:00Z',
    ...(id !== 'live' && { send_type: 'campaign', delivered: true, length: 35 }),
    ...other,
  }));
const sends = fc.oneof(usualSends, sendsInAnyForm);
const revenue: fc.Arbitrary<Drawn> = fc.record(
  {
    message_id: mostly(EARNING, [null, 'unknown']),
    offer_id: mostly([...OFFERS, 'live', 'x'], ['', 'unknown']),
    revenue: mostly([0, 1, '2.5', 0.00005], [-1, null]),
    payout: fc.constantFrom(1, null),
    timestamp: mostly(['2024-12-01', '2025-02-15', '2025-04-01T00:00:00Z'], ['soon']),
  },
  { requiredKeys: ['message_id', 'offer_id', 'revenue'] },
);

/** A few records of each kind. */
export const drawnRecords: Record<ImportKind, fc.Arbitrary<Drawn[]>> = {
  contacts: some(contacts, 6),
  offers: some(offers, 4),
  sends: some(sends, 6),
  revenue: some(revenue, 4),
};

function some(record: fc.Arbitrary<Drawn>, most: number): fc.Arbitrary<Drawn[]> {
  return fc.array(record, { minLength: 1, maxLength: most, size: 'max' });
}

/** Gives a record the id of the list that it has by position. */
export function placed(record: Drawn, listIds: readonly number[]): Drawn {
  const position = record['list_id'];
  return typeof position === 'number' ? { ...record, list_id: listIds[position] ?? 999_999_999 } : record;
}
