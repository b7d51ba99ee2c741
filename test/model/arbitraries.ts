import fc from 'fast-check';

import type { ModelCatalog } from './revenue-model.ts';

const MESSAGE_IDS = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', '😀'.repeat(255)];
/** Few, and for both kinds of id, so that they collide. */
const OFFER_IDS = ['a', 'b', 'c', 'd', 'é'.repeat(255)];

/** Contacts that share messages' revenue, messages without a contact, offers whose external ids are others' ids. */
export const catalogs: fc.Arbitrary<ModelCatalog> = fc
  .record({
    contactCount: fc.integer({ min: 1, max: 3 }),
    messageIds: fc.subarray(MESSAGE_IDS, { minLength: 4 }),
    offerIds: fc
      .subarray(OFFER_IDS, { minLength: 1 })
      .chain((ids) => fc.shuffledSubarray(ids, { minLength: ids.length })),
  })
  .chain(({ contactCount, messageIds, offerIds }) => {
    const contact = fc.option(fc.nat({ max: contactCount - 1 }), { nil: undefined, freq: 6 });
    const externalId = fc.option(fc.constantFrom(...OFFER_IDS), { nil: undefined, freq: 2 });
    return fc.record({
      contactCount: fc.constant(contactCount),
      messages: fc.tuple(...messageIds.map((id) => contact.map((position) => ({ id, contact: position })))),
      offers: fc.tuple(...offerIds.map((id) => externalId.map((external) => ({ id, externalId: external })))),
    });
  });

const JUNK: unknown[] = [
  [null, true, false, 5, -1, 0.5, '', ' ', '\t', 'x', '1e3', '12.5', '-1', {}, [], [5], ['m0'], { a: null }],
  ['a\0b', '\ud800', '\udc00x', '2024-02-30', '1', 1e300],
  ['x'.repeat(65), '😀'.repeat(65), 'y'.repeat(256), '😀'.repeat(256)],
].flat();
const junk = fc.constantFrom(...JUNK);

const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`));
const amounts: fc.Arbitrary<number | string> = fc.oneof(
  fc.double({ min: 0, max: 9_999_999_999.9999, noNaN: true }),
  fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100),
  fc.tuple(digits(3), digits(7)).map(([integer, fraction]) => Number(`${integer}.${fraction}5`)),
  fc
    .tuple(digits(10), digits(4), fc.constantFrom('', '5', '49', '50'))
    .map((parts) => `${parts[0]}.${parts[1]}${parts[2]}`),
  digits(11),
  fc.constantFrom<number | string>(0, 1.005, 1e-7, 9_999_999_999.9999, '9999999999.9999', '9999999999.99994', 1e10),
);

const pairsOfDigits = (max: number) => fc.nat({ max }).map((value) => String(value).padStart(2, '0'));
const dates = fc
  .tuple(fc.integer({ min: 1969, max: 2025 }), pairsOfDigits(13), pairsOfDigits(31))
  .map((parts) => parts.join('-'));
const zones = fc.oneof(
  fc.constantFrom('', 'Z'),
  fc.tuple(fc.constantFrom('+', '-'), pairsOfDigits(14), pairsOfDigits(59)).map(([sign, h, m]) => `${sign}${h}:${m}`),
);
const timestamps = fc.oneof(
  dates,
  fc
    .tuple(
      dates,
      pairsOfDigits(24),
      pairsOfDigits(60),
      pairsOfDigits(60),
      fc.constantFrom('', '.5', '.123456789'),
      zones,
    )
    .map(([date, hour, minute, second, fraction, zone]) => `${date}T${hour}:${minute}:${second}${fraction}${zone}`),
);

const mostly = <T>(valid: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: valid, weight: 25 }, { arbitrary: junk, weight: 1 });

const records = fc.record(
  {
    message_id: mostly(fc.constantFrom(...MESSAGE_IDS)),
    offer_id: mostly(fc.constantFrom(...OFFER_IDS)),
    revenue: mostly(amounts),
    payout: mostly(fc.option(amounts)),
    attribution_type: mostly(fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }))),
    timestamp: mostly(timestamps),
    other: junk,
  },
  { requiredKeys: ['message_id', 'offer_id', 'revenue'] },
);

const anyRecords = mostly(records);

/** The records of a small request. */
export const fewRecords: fc.Arbitrary<unknown[]> = fc.array(anyRecords, { minLength: 1, maxLength: 15, size: 'max' });

/** The records of a request: mostly few, sometimes more than there are errors listed. */
export const requests: fc.Arbitrary<unknown[]> = fc.oneof(
  { arbitrary: fewRecords, weight: 6 },
  { arbitrary: fc.array(anyRecords, { minLength: 200, maxLength: 300, size: 'max' }), weight: 1 },
);
