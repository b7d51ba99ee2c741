import { kindSpecs, type ImportKind } from '@trackly/contract';

import { instantOf, isBlank, isText, round } from '../../model/record-rules.ts';

/** What a field of a record must be. */
interface Rule {
  /** The code if it is not there; unset: it may be absent. */
  missing?: string;
  /** The field that may be there instead. */
  other?: string;
  invalid: string;
  isValid: (value: unknown) => boolean;
}

/** What a record must be: as the contract's tables tell it, written a second time and in another way. */
interface Rules {
  /** In the order in which they are checked. */
  fields: Record<string, Rule>;
  /** The field that errors repeat if it is valid. */
  repeated: string;
  /** Of the record's JSON. */
  mostBytes: number;
}

/** Revenue has a model of its own. */
type JudgedKind = Exclude<ImportKind, 'revenue'>;

const MOST_FIELDS = 100;
const MOST_BYTES = 4000;
const MOST_NESTED = 16;

const isId = (value: unknown) => isText(value, 255) && !isBlank(value);
const isMessage = (value: unknown) => value === '' || isText(value, 10_000);
const isPhone = (value: unknown) => typeof value === 'string' && /^\+\d{7,15}$/.test(value);
const isListNumber = (value: unknown) => isPhone(value) || (typeof value === 'string' && /^\d{4,8}$/.test(value));
const isAmount = (value: unknown) => round(value) !== undefined;
const isInstant = (value: unknown) => instantOf(value) !== undefined;
const isFlag = (value: unknown) => typeof value === 'boolean';
const isInteger = (least: number, most: number) => (value: unknown) =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
const isUrl = (value: unknown) => isText(value, 2048) && /^https?:\/\/\S+$/i.test(value);
const isAddress = (value: unknown) => isText(value, 45) && /^[\da-f.:]{2,}$/i.test(value) && /[.:]/.test(value);
const isOneOf =
  (...words: unknown[]) =>
  (value: unknown) =>
    words.includes(value);

const rules: Record<JudgedKind, Rules> = {
  sends: {
    fields: {
      id: { missing: 'missing_id', invalid: 'invalid_id', isValid: isId },
      list_number: {
        missing: 'missing_list_number',
        other: 'list_id',
        invalid: 'invalid_list_number',
        isValid: isListNumber,
      },
      list_id: { invalid: 'invalid_list_id', isValid: isInteger(1, Number.MAX_SAFE_INTEGER) },
      to_number: { missing: 'missing_to_number', invalid: 'invalid_phone', isValid: isPhone },
      message: { invalid: 'invalid_message', isValid: isMessage },
      send_type: { invalid: 'invalid_send_type', isValid: (value) => isText(value, 64) },
      delivered: { invalid: 'invalid_delivered', isValid: isFlag },
      length: { invalid: 'invalid_length', isValid: isInteger(0, 2 ** 31 - 1) },
      timestamp: { missing: 'missing_timestamp', invalid: 'invalid_timestamp', isValid: isInstant },
    },
    repeated: 'id',
    mostBytes: Infinity,
  },
  contacts: {
    fields: {
      phone_number: { missing: 'missing_phone_number', invalid: 'invalid_phone', isValid: isPhone },
      list_number: { missing: 'missing_list_number', invalid: 'invalid_list_number', isValid: isListNumber },
      signup_date: { invalid: 'invalid_signup_date', isValid: isInstant },
      ip_address: { invalid: 'invalid_ip_address', isValid: isAddress },
      url: { invalid: 'invalid_url', isValid: (value) => isText(value, 2048) },
      custom_fields: { invalid: 'invalid_custom_fields', isValid: areCustomFields },
      use_journeys: { invalid: 'invalid_use_journeys', isValid: isFlag },
    },
    repeated: 'phone_number',
    mostBytes: MOST_BYTES,
  },
  offers: {
    fields: {
      id: { invalid: 'invalid_id', isValid: isId },
      name: { missing: 'missing_name', invalid: 'invalid_name', isValid: isId },
      tracking_url: { invalid: 'invalid_tracking_url', isValid: isUrl },
      external_id: { invalid: 'invalid_external_id', isValid: isId },
      external_platform: { invalid: 'invalid_external_platform', isValid: isOneOf('tune', 'everflow') },
      payout: { invalid: 'invalid_payout', isValid: isAmount },
      payout_type: { invalid: 'invalid_payout_type', isValid: isOneOf('cpa', 'cpc') },
      status: { invalid: 'invalid_status', isValid: isOneOf('active', 'paused') },
    },
    repeated: 'id',
    mostBytes: Infinity,
  },
};

/** Of a record that is rejected. */
export interface ForeseenError {
  index: number;
  code: string;
  /** The text. */
  error: string;
  /** The id or the number of the record. */
  [repeated: string]: unknown;
}

/**
 * Foresees the errors of an answer. Contacts can also have too many custom fields, together with those that are there.
 *
 * @param lists the account's lists: numbers by id
 */
export function foreseeErrors(
  kind: JudgedKind,
  records: readonly unknown[],
  { lists }: { lists: ReadonlyMap<number, string> },
): ForeseenError[] {
  const { fields: own, repeated } = rules[kind];
  const texts: Record<string, string> = kindSpecs[kind].errors;
  return records.flatMap((record, index) => {
    const fields = new Map<string, unknown>(isObject(record) ? Object.entries(record) : []);
    const code = codeOf(rules[kind], record, fields) ?? (isOnList(kind, fields, lists) ? undefined : 'list_not_found');
    if (code === undefined) return [];
    const value = fields.get(repeated);
    return { index, [repeated]: own[repeated]?.isValid(value) ? value : null, code, error: texts[code] ?? '' };
  });
}

function codeOf({ fields: own, mostBytes }: Rules, record: unknown, fields: Map<string, unknown>): string | undefined {
  if (!isObject(record) || fields.size > MOST_FIELDS) return 'invalid_record';
  if (bytesOf(record) > mostBytes) return 'payload_too_large';
  for (const [name, { missing, other, invalid, isValid }] of Object.entries(own)) {
    const value = fields.get(name) ?? null;
    const isMissing = isNothing(value) && (other === undefined || isNothing(fields.get(other)));
    if (missing !== undefined && isMissing) return missing;
    if (value !== null && !isValid(value)) return invalid;
  }
  return undefined;
}

function isOnList(kind: ImportKind, fields: Map<string, unknown>, lists: ReadonlyMap<number, string>): boolean {
  if (kind === 'offers') return true;
  const number = fields.get('list_number') ?? null;
  const id = kind === 'sends' ? (fields.get('list_id') ?? null) : null;
  return [...lists].some((list) => (id === null || list[0] === id) && (number === null || list[1] === number));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a required field is missing. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null || isBlank(value);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function areCustomFields(value: unknown): boolean {
  return isObject(value) && bytesOf(value) <= MOST_BYTES && isKept(value, MOST_NESTED);
}

/** Whether a database gives it back as it was. Numbers that JavaScript writes with an exponent are too long for one. */
function isKept(value: unknown, mostNested: number): boolean {
  if (typeof value === 'string') return value === '' || isText(value, MOST_BYTES);
  if (typeof value === 'number') return Number.isSafeInteger(Math.trunc(value)) && !String(value).includes('e');
  if (typeof value !== 'object' || value === null) return true;
  return (
    mostNested > 0 &&
    Object.entries(value)
      .flat()
      .every((part) => isKept(part, mostNested - 1))
  );
}
