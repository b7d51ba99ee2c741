import { amount, identifier, LONGEST_ID, text, timestamp } from '../fields.ts';
import { defineKind } from '../kind.ts';
import { revenueRecordErrors } from './errors.ts';

/** Past revenue of messages. */
export const revenue = defineKind({
  name: 'revenue',
  title: 'Revenue',
  path: '/history/revenue',
  list: { name: 'records', missing: 'missing_records', tooMany: 'too_many_records' },
  fields: {
    message_id: {
      schema: identifier(LONGEST_ID, 'The id of the message that brought the revenue.'),
      column: 'text',
      missing: 'missing_message_id',
      invalid: 'invalid_message_id',
    },
    offer_id: {
      schema: identifier(LONGEST_ID, 'The id of the offer, or its external_id.'),
      column: 'text',
      missing: 'missing_offer_id',
      invalid: 'invalid_offer_id',
    },
    revenue: {
      schema: amount('Revenue of the conversion.'),
      column: 'numeric',
      missing: 'missing_revenue',
      invalid: 'invalid_revenue',
    },
    payout: { schema: amount('Payout of the conversion.'), column: 'numeric', invalid: 'invalid_payout' },
    attribution_type: {
      schema: text(64, { default: 'sale', description: 'The type of the conversion.' }),
      column: 'text',
      invalid: 'invalid_attribution_type',
    },
    timestamp: {
      schema: timestamp('ISO 8601 date or date-time, UTC if it has no zone. Default: the time of the request.'),
      column: 'timestamptz',
      invalid: 'invalid_timestamp',
      isAcceptanceTime: true,
    },
  },
  totals: ['revenue'],
  errorFields: [],
  errors: revenueRecordErrors,
});
