import { toDecimal } from '../amount.ts';
import type { Random } from '../random.ts';
import { buildRecords, toRequest, WRONG, type Built, type LabRequest, type RequestShape } from './request.ts';

/** How many records have the id of an offer that is there, and how many that of another record. */
const SKIPPED = 0.05;
/** How many offers are given their id by the product. */
const WITHOUT_ID = 0.3;

/** Builds a request of random offers: new ones, some that are there or come twice, and some that must fail. */
export function buildOffersRequest(key: string, shape: RequestShape, random: Random): LabRequest {
  const { account } = shape;
  const ids: string[] = [];

  function build(index: number): Built {
    const id = `${key}-${index}`;
    if (random.chance(WRONG)) return wrongRecord(id, random);
    const record = { name: id, payout: toDecimal(random.integer(0, 1_000_000)) };
    if (random.chance(SKIPPED)) return { record: { ...record, id: random.pick(account.offers) }, isSkipped: true };
    if (ids.length > 0 && random.chance(SKIPPED))
      return { record: { ...record, id: random.pick(ids) }, isSkipped: true };
    if (random.chance(WITHOUT_ID)) return { record, saved: { row: `${id}:f` } };
    ids.push(id);
    return { record: { ...record, id }, saved: { id, row: `${id}:t` } };
  }

  return toRequest('offers', key, account, buildRecords(shape, random, build), () => ({}));
}

function wrongRecord(id: string, random: Random): Built {
  const repeats = { id };
  return random.pick<Built>([
    { record: { id }, code: 'missing_name', repeats },
    { record: { id, name: id, payout: -1 }, code: 'invalid_payout', repeats },
    { record: { id, name: id, tracking_url: 'nowhere' }, code: 'invalid_tracking_url', repeats },
    { record: { id: 1, name: id }, code: 'invalid_id', repeats: { id: null } },
  ]);
}
