import { Decimal } from 'decimal.js';

export type RejectionCode =
  | 'invalid_record'
  | `${'missing' | 'invalid'}_${'message_id' | 'offer_id' | 'revenue'}`
  | 'invalid_payout'
  | 'invalid_attribution_type'
  | 'invalid_timestamp'
  | 'message_not_found'
  | 'offer_not_found'
  | 'contact_not_found';

export interface JudgedRecord {
  messageId: string;
  offerId: string;
  revenue: string;
  payout: string | null;
  attributionType: string;
  /** Undefined: the time of acceptance. */
  occurredAt: string | undefined;
}

/** The rules for records as the contract's table tells them, written a second time and in another way. */
export function judgeRecord(record: unknown): JudgedRecord | RejectionCode {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return 'invalid_record';
  if (Object.keys(record).length > 100) return 'invalid_record';
  const fields = new Map<string, unknown>(Object.entries(record));

  const messageId = fields.get('message_id') ?? null;
  if (messageId === null || isBlank(messageId)) return 'missing_message_id';
  if (!isText(messageId, 255)) return 'invalid_message_id';

  const offerId = fields.get('offer_id') ?? null;
  if (offerId === null || isBlank(offerId)) return 'missing_offer_id';
  if (!isText(offerId, 255)) return 'invalid_offer_id';

  const revenue = fields.get('revenue') ?? null;
  if (revenue === null || isBlank(revenue)) return 'missing_revenue';
  const roundedRevenue = round(revenue);
  if (roundedRevenue === undefined) return 'invalid_revenue';

  const payout = fields.get('payout') ?? null;
  const roundedPayout = payout === null ? null : round(payout);
  if (roundedPayout === undefined) return 'invalid_payout';

  const attributionType = fields.get('attribution_type') ?? 'sale';
  if (!isText(attributionType, 64)) return 'invalid_attribution_type';

  const timestamp = fields.get('timestamp') ?? null;
  const occurredAt = timestamp === null ? undefined : instantOf(timestamp);
  if (timestamp !== null && occurredAt === undefined) return 'invalid_timestamp';

  return { messageId, offerId, revenue: roundedRevenue, payout: roundedPayout, attributionType, occurredAt };
}

/** Whether it is a text of white space only. */
export function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim().length === 0;
}

/** Whether it is a text of at most so many characters that a database can hold. */
export function isText(value: unknown, most: number): value is string {
  if (typeof value !== 'string' || value === '' || value.includes('\0') || !value.isWellFormed()) return false;
  return Array.from(value).length <= most;
}

/** @returns an amount with four decimals; undefined if it is none */
export function round(value: unknown): string | undefined {
  if (typeof value !== 'number' && !(typeof value === 'string' && isPlainDecimal(value))) return undefined;
  const amount = new Decimal(value);
  if (!amount.isFinite() || amount.lt(0) || amount.gt('9999999999.9999')) return undefined;
  return amount.toDecimalPlaces(4, Decimal.ROUND_HALF_UP).abs().toFixed(4);
}

function isPlainDecimal(text: string): boolean {
  const parts = text.split('.');
  const areDigits = parts.every(
    (part) => part !== '' && Array.from(part).every((digit) => '0123456789'.includes(digit)),
  );
  return areDigits && parts.length <= 2;
}

/**
 * JavaScript reads the instant; that it reads what is written, and not 2 March for 30 February, is checked after.
 *
 * @returns undefined if it is none that a record may have
 */
export function instantOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?:(:\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/.exec(value);
  if (!parts) return undefined;
  const [, date = '', hourAndMinute = '00:00', second = ':00', fraction = '', zone = 'Z'] = parts;
  const local = `${date}T${hourAndMinute}${second}`;
  const asUtc = new Date(`${local}Z`);
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 19) !== local) return undefined;

  // JavaScript wants +02:00 of +0200 and +02.
  const instant = new Date(
    local + zone.replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`),
  );
  const dayFromNow = Date.now() + 86_400_000;
  if (Number.isNaN(instant.getTime()) || instant.getTime() < 0 || instant.getTime() > dayFromNow) return undefined;
  const microseconds = fraction.slice(1, 7).padEnd(6, '0');
  return `${instant.toISOString().slice(0, 19)}.${microseconds}Z`;
}
