import { anyText, flag, identifier, integer, LONGEST_ID, pattern, text, timestamp } from '../fields.ts';
import { defineKind } from '../kind.ts';
import { LIST_NUMBER_PATTERN, PHONE_NUMBER_PATTERN } from '../phone-number.ts';
import { sendRecordErrors } from './errors.ts';

/** What fits a column of the type integer. */
const MOST_LENGTH = 2_147_483_647;

/** Past messages: each was sent from a list to a phone number. */
export const sends = defineKind({
  name: 'sends',
  title: 'Send',
  path: '/history/sends',
  list: { name: 'records', missing: 'missing_records', tooMany: 'too_many_records' },
  fields: {
    id: {
      schema: identifier(LONGEST_ID, 'The id of the message, unique in the account. Revenue refers to it.'),
      column: 'text',
      missing: 'missing_id',
      invalid: 'invalid_id',
    },
    list_number: {
      schema: pattern(
        LIST_NUMBER_PATTERN,
        'The number of the list that it was sent from. It may be absent if list_id is there; if both are, they must be of ' +
          'the same list.',
      ),
      column: 'text',
      missing: 'missing_list_number',
      alternative: 'list_id',
      invalid: 'invalid_list_number',
    },
    list_id: {
      schema: integer({ minimum: 1, description: 'The id of that list.' }),
      column: 'bigint',
      invalid: 'invalid_list_id',
    },
    to_number: {
      schema: pattern(PHONE_NUMBER_PATTERN, 'The phone number that it was sent to, in E.164 form.'),
      column: 'text',
      missing: 'missing_to_number',
      invalid: 'invalid_phone',
    },
    message: {
      schema: anyText(10_000, 'Its text. It is checked, but not stored.'),
      column: 'text',
      invalid: 'invalid_message',
      isForgotten: true,
    },
    send_type: {
      schema: text(64, { description: 'How it was sent, such as campaign.' }),
      column: 'text',
      invalid: 'invalid_send_type',
    },
    delivered: {
      schema: flag({ description: 'Whether it was delivered. Absent: unknown.' }),
      column: 'boolean',
      invalid: 'invalid_delivered',
    },
    length: {
      schema: integer({ minimum: 0, maximum: MOST_LENGTH, description: 'The length of its text.' }),
      column: 'bigint',
      invalid: 'invalid_length',
    },
    timestamp: {
      schema: timestamp('When it was sent: an ISO 8601 date or date-time, UTC if it has no zone.'),
      column: 'timestamptz',
      missing: 'missing_timestamp',
      invalid: 'invalid_timestamp',
    },
  },
  identity: 'id',
  totals: [],
  skippedAs: 'duplicates_skipped',
  errorCounts: {
    invalid_phones: {
      codes: ['invalid_phone'],
      description: 'Records with an invalid to_number: a part of error_count.',
    },
  },
  isUndoneAsWhole: true,
  undoCounts: {
    contacts_kept: { description: 'Contacts that the import has made, and that stay because they are on other lists.' },
    list_contacts_kept: {
      description:
        'Contacts that the import has put on a list, and that stay there: others refer to them, or have changed them.',
    },
  },
  errorFields: ['id'],
  errors: sendRecordErrors,
  warnings: {
    duplicate_differs:
      'A message with this id exists already, with another list, number, time, send_type, delivered or length. ' +
      'It is unchanged.',
  },
});
