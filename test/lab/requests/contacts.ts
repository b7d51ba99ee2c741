import { PRIVATE_TEXT, UNKNOWN_LIST } from '../catalog.ts';
import type { Random } from '../random.ts';
import {
  buildRecords,
  pickRecipient,
  pickTime,
  toRequest,
  WRONG,
  type Built,
  type LabRequest,
  type RequestShape,
} from './request.ts';

/** Few enough that a contact has room for all of them. */
const FIELDS = 16;

/**
 * Builds a request of random contacts, some of which must fail. Each has a date of its own, so each changes something, and
 * may set one of a few custom fields. A field has the same value wherever it comes from: so a contact must have in the end
 * what any request has set, in whatever order they came.
 */
export function buildContactsRequest(key: string, shape: RequestShape, random: Random): LabRequest {
  const built = buildRecords(shape, random, () =>
    random.chance(WRONG) ? wrongRecord(shape, random) : rightRecord(shape, random),
  );
  return toRequest('contacts', key, shape.account, built, () => ({ journeys_enrolled: 0 }));
}

function rightRecord(shape: RequestShape, random: Random): Built {
  const { list, phone, contact } = pickRecipient(shape, random);
  const field = random.chance(0.7) ? `f${random.integer(0, FIELDS - 1)}` : undefined;
  return {
    record: {
      phone_number: phone,
      list_number: list,
      signup_date: pickTime(random),
      ...(field !== undefined && { custom_fields: { [field]: PRIVATE_TEXT } }),
    },
    saved: { contact, ...(field !== undefined && { field }) },
  };
}

function wrongRecord(shape: RequestShape, random: Random): Built {
  const { list, phone } = pickRecipient(shape, random);
  const record = { phone_number: phone, list_number: list };
  const repeats = { phone_number: phone };
  return random.pick<Built>([
    { record: { list_number: list }, code: 'missing_phone_number', repeats: { phone_number: null } },
    { record: { ...record, phone_number: 'nobody' }, code: 'invalid_phone', repeats: { phone_number: null } },
    { record: { ...record, list_number: UNKNOWN_LIST }, code: 'list_not_found', repeats },
    { record: { ...record, custom_fields: [PRIVATE_TEXT] }, code: 'invalid_custom_fields', repeats },
  ]);
}
