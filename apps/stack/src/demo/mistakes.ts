/** A row of a CSV file, by column. */
export type Row = Record<string, string>;

export type ContactRow = Record<'phone_number' | 'list_number' | 'signup_date' | 'first_name', string>;
export type SendRow = Record<'id' | 'list_number' | 'to_number' | 'timestamp' | 'send_type' | 'delivered', string>;
type RevenueRow = Record<'message_id' | 'offer_id' | 'revenue' | 'payout' | 'attribution_type' | 'timestamp', string>;

/** The list that all contacts are on. */
export const LIST_NUMBER = '+15550001000';
const OTHER_LIST_NUMBER = '+15550001999';

/** For each file, reasons for which records are rejected: of revenue, every documented one that a CSV file can have. */
export const mistakes: {
  contacts: Partial<ContactRow>[];
  sends: Partial<SendRow>[];
  revenue: Partial<RevenueRow>[];
} = {
  contacts: [
    { phone_number: '' },
    { phone_number: '555-0100' },
    { list_number: OTHER_LIST_NUMBER },
    { signup_date: '2025-02-30' },
  ],
  sends: [
    { id: '' },
    { to_number: '555-0100' },
    { list_number: OTHER_LIST_NUMBER },
    { timestamp: '' },
    { timestamp: '2025-02-30' },
    { delivered: 'perhaps' },
  ],
  revenue: [
    { message_id: '' },
    { message_id: 'm'.repeat(256) },
    { offer_id: '' },
    { offer_id: 'o'.repeat(256) },
    { revenue: '' },
    { revenue: '24,99' },
    { revenue: '1,299.00' },
    { revenue: '-5.00' },
    { payout: 'n/a' },
    { attribution_type: 'a'.repeat(65) },
    { timestamp: '11/15/2025' },
    { timestamp: '2025-02-30' },
    { message_id: 'hist_unknown' },
    { offer_id: 'offer_unknown' },
    { message_id: messageId(401) },
  ],
};

export function messageId(index: number): string {
  return `hist_${String(index).padStart(6, '0')}`;
}

export function phoneNumber(index: number): string {
  return `+1556${String(index).padStart(7, '0')}`;
}
