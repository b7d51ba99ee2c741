import { sum, toDecimal } from '../amount.ts';
import type { Account } from '../catalog.ts';
import type { Random } from '../random.ts';
import {
  buildRecords,
  pickMessage,
  pickTime,
  toRequest,
  WRONG,
  type Built,
  type LabRequest,
  type RequestShape,
} from './request.ts';

/** How much of the revenue refers to what has been imported, once there is something. */
const OF_IMPORTED = 0.3;

/** Builds a request of random records, some of which must fail. The same choices build the same request. */
export function buildRevenueRequest(key: string, shape: RequestShape, random: Random): LabRequest {
  const built = buildRecords(shape, random, () =>
    random.chance(WRONG) ? wrongRecord(shape.account, random) : rightRecord(shape, random),
  );
  return toRevenueRequest(key, shape.account, built);
}

/** Puts records of revenue together to a request. */
export function toRevenueRequest(key: string, account: Account, built: readonly Built[]): LabRequest {
  return toRequest('revenue', key, account, built, (saved) => ({
    // The shortest number that is written as this decimal; with so few digits there is only one.
    total_revenue: Number(toDecimal(sum(saved.map(({ revenue = 0 }) => revenue)))),
  }));
}

function rightRecord(shape: RequestShape, random: Random): Built {
  const { account, imported, isDated = false } = shape;
  const message = imported?.messages.length && random.chance(OF_IMPORTED) ? random.pick(imported.messages) : undefined;
  const offer = imported?.offers.length && random.chance(OF_IMPORTED) ? random.pick(imported.offers) : undefined;
  const { id, contact } = message ?? pickMessage(shape, random);
  const revenue = random.chance(0.7) ? random.integer(0, 20_000) * 100 : random.integer(0, 5_000_000);
  return {
    record: {
      message_id: id,
      offer_id: offer ?? random.pick(account.offers),
      revenue: random.chance(0.5) ? toDecimal(revenue) : Number(toDecimal(revenue)),
      ...((isDated || random.chance(0.8)) && { timestamp: pickTime(random) }),
    },
    saved: { contact, revenue },
  };
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
