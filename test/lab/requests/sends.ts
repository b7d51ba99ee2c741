import { PRIVATE_TEXT, UNKNOWN_LIST } from '../catalog.ts';
import type { Random } from '../random.ts';
import {
  buildRecords,
  pickMessage,
  pickRecipient,
  pickTime,
  toRequest,
  WRONG,
  type Built,
  type LabRequest,
  type RequestShape,
} from './request.ts';

/** How many records have the id of a message that is there, and how many that of another record. */
const SKIPPED = 0.05;

/** Builds a request of random sends: of new messages, of some that are there or come twice, and of some that must fail. */
export function buildSendsRequest(key: string, shape: RequestShape, random: Random): LabRequest {
  const { account } = shape;
  const ids: string[] = [];

  function build(index: number): Built {
    if (random.chance(WRONG)) return wrongRecord(shape, random);
    const { record, contact } = recordOf(shape, random);
    if (random.chance(SKIPPED)) return { record: { ...record, id: pickMessage(shape, random).id }, isSkipped: true };
    if (ids.length > 0 && random.chance(SKIPPED))
      return { record: { ...record, id: random.pick(ids) }, isSkipped: true };
    const id = `sent-of-${account.id}-${key}-${index}`;
    ids.push(id);
    return { record: { ...record, id }, saved: { id, row: `${id}:${contact}`, contact } };
  }

  return toRequest('sends', key, account, buildRecords(shape, random, build), (_, codes) => ({
    invalid_phones: codes.filter((code) => code === 'invalid_phone').length,
  }));
}

function recordOf(shape: RequestShape, random: Random) {
  const { list, phone, contact } = pickRecipient(shape, random);
  const record = {
    list_number: list,
    to_number: phone,
    timestamp: pickTime(random),
    ...(random.chance(0.5) && { message: PRIVATE_TEXT, length: PRIVATE_TEXT.length, delivered: random.chance(0.9) }),
  };
  return { record, contact };
}

function wrongRecord(shape: RequestShape, random: Random): Built {
  const id = `sent-of-${shape.account.id}-wrong-${random.integer(0, 1_000_000)}`;
  const record = { id, ...recordOf(shape, random).record };
  return random.pick<Built>([
    { record: { ...record, id: null }, code: 'missing_id', repeats: { id: null } },
    { record: { ...record, to_number: 'nobody' }, code: 'invalid_phone', repeats: { id } },
    { record: { ...record, timestamp: '2025-02-30' }, code: 'invalid_timestamp', repeats: { id } },
    { record: { ...record, list_number: UNKNOWN_LIST }, code: 'list_not_found', repeats: { id } },
  ]);
}
