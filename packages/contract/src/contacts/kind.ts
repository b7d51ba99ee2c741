import { Type } from '@sinclair/typebox';

import { flag, jsonObject, text, timestamp } from '../fields.ts';
import { defineKind } from '../kind.ts';
import { LIST_NUMBER_PATTERN, PHONE_NUMBER_PATTERN } from '../phone-number.ts';
import { contactErrors } from './errors.ts';

/** The most bytes of JSON without white space that a contact may have in a request. */
const MAX_CONTACT_BYTES = 4000;

/** The most bytes of JSON without white space that the custom fields of a contact on a list may have, merged. */
export const MAX_CUSTOM_FIELDS_BYTES = 4000;

/** Addresses have digits, dots and colons; which of them are valid, nothing here depends on. */
const IP_ADDRESS_PATTERN = String.raw`^(?=.*[.:])[0-9A-Fa-f.:]{2,45}$`;

/** Contacts on lists: new ones, and changes of those that are there. */
export const contacts = defineKind({
  name: 'contacts',
  title: 'Contact',
  path: '/contacts/bulk',
  list: { name: 'contacts', missing: 'missing_contacts', tooMany: 'too_many_contacts' },
  most: { bytes: MAX_CONTACT_BYTES, code: 'payload_too_large' },
  fields: {
    phone_number: {
      schema: Type.String({
        pattern: PHONE_NUMBER_PATTERN,
        description: 'The phone number of the contact: + and 7 to 15 digits (E.164).',
      }),
      column: 'text',
      missing: 'missing_phone_number',
      invalid: 'invalid_phone',
    },
    list_number: {
      schema: Type.String({
        pattern: LIST_NUMBER_PATTERN,
        description: 'The number of the list: + and 7 to 15 digits, or a short code of 4 to 8 digits.',
      }),
      column: 'text',
      missing: 'missing_list_number',
      invalid: 'invalid_list_number',
    },
    signup_date: {
      schema: timestamp(
        'When the contact signed up for the list: an ISO 8601 date or date-time, UTC if it has no zone. Default: the time ' +
          'of the request for a contact that is new on the list; otherwise, the date that is there stays.',
      ),
      column: 'timestamptz',
      invalid: 'invalid_signup_date',
    },
    ip_address: {
      schema: Type.String({
        pattern: IP_ADDRESS_PATTERN,
        description: 'The address from which the contact signed up.',
      }),
      column: 'text',
      invalid: 'invalid_ip_address',
    },
    url: {
      schema: text(2048, { description: 'The page on which the contact signed up.' }),
      column: 'text',
      invalid: 'invalid_url',
    },
    custom_fields: {
      schema: jsonObject(
        MAX_CUSTOM_FIELDS_BYTES,
        'Fields of your own, of the contact on this list. They are merged key by key into those that are there, which may ' +
          'have as many bytes together. A key with null stays as null.',
      ),
      column: 'json',
      mostBytes: MAX_CUSTOM_FIELDS_BYTES,
      invalid: 'invalid_custom_fields',
    },
    use_journeys: {
      schema: flag({ description: 'Has no effect: this service has no journeys.' }),
      column: 'boolean',
      invalid: 'invalid_use_journeys',
    },
  },
  identity: 'phone_number',
  totals: [],
  counts: {
    contacts_created: { description: 'Phone numbers that the account did not have before.' },
    list_contacts_created: { description: 'Contacts that were not on their list before.' },
    list_contacts_updated: { description: 'Contacts that were on their list before, and have changed.' },
    journeys_enrolled: { description: 'Always 0: this service has no journeys.', constant: 0 },
  },
  isUndoneAsWhole: true,
  undoCounts: {
    contacts_removed: { description: 'Phone numbers that the account does not have any more.' },
    list_contacts_kept: { description: 'Contacts that the import has changed, but not made: they stay as they are.' },
  },
  errorFields: ['phone_number'],
  errors: contactErrors,
});
