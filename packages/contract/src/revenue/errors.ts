/**
 * The codes of rejected records, in the order in which the causes are checked. A record gets the first that applies.
 */
export const revenueRecordErrors = {
  invalid_record: 'A record must be an object with at most 100 fields.',
  missing_message_id: 'A record is missing the message_id field.',
  invalid_message_id: 'message_id must be a string of 1 to 255 characters, without NUL or unpaired surrogates.',
  missing_offer_id: 'A record is missing the offer_id field.',
  invalid_offer_id: 'offer_id must be a string of 1 to 255 characters, without NUL or unpaired surrogates.',
  missing_revenue: 'A record is missing the revenue field.',
  invalid_revenue: 'revenue must be a number or a plain decimal string ("24.99") from 0 to 9999999999.9999.',
  invalid_payout: 'payout must be a number or a plain decimal string ("5.00") from 0 to 9999999999.9999.',
  invalid_attribution_type:
    'attribution_type must be a string of 1 to 64 characters, without NUL or unpaired surrogates.',
  invalid_timestamp:
    'timestamp must be an ISO 8601 date or date-time (2025-11-15T16:00:00Z) from 1970 to a day from now.',
  message_not_found: 'No message exists with the given message_id.',
  offer_not_found: 'No offer exists with the given offer_id.',
  contact_not_found: 'The contact associated with the message could not be found.',
  save_error: 'An unexpected error occurred while saving the record.',
} as const;

export type RevenueRecordErrorCode = keyof typeof revenueRecordErrors;
