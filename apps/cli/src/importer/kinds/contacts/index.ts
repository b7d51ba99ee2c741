import type { ImportRecord } from '@trackly/client';

import type { FileField, FileFields } from '../file-fields.ts';
import type { FileKind } from '../file-kind.ts';

const fields: FileFields = {
  fields: {
    phone_number: { type: 'phone', isRequired: true, alsoCalled: ['phone', 'msisdn'], invalid: 'invalid_phone' },
    list_number: { type: 'list_number', isRequired: true },
    signup_date: {
      type: 'time',
      mustBeGiven: true,
      alsoCalled: ['consent_date', 'consent', 'opted_in_date', 'optin_date'],
    },
    ip_address: { type: 'text' },
    url: { type: 'text' },
    custom_fields: { type: 'json', collects: ['first_name', 'last_name', 'email'] },
    use_journeys: { type: 'boolean' },
  } satisfies Record<keyof ImportRecord<'contacts'>, FileField>,
  presets: new Map(),
  examples: { map: 'phone_number=Mobile,custom_fields=first_name+plan', default: 'list_number=+15550000001' },
};

/** Contacts in files. */
export const contacts: FileKind = {
  name: 'contacts',
  ...fields,
  isOrdered: true,
  help: {
    noun: 'contacts',
    preset: `{"map": {"phone_number": "Mobile", "custom_fields": "first_name+plan"}, "default": {"list_number": "+15550000001"}}`,
    commands: `
  trackly import contacts contacts.csv --url https://history.example.com
  trackly import contacts contacts.csv --default list_number=+15550000001 --default-country US --dry-run
  trackly import contacts export.csv --map phone_number=Mobile,signup_date=Joined,custom_fields=first_name+plan
  trackly verify contacts.csv

  Batches are sent one after the other: if the file has a contact more than once, with different values, the last row
  counts.`,
  },
  notices: {},
  prerequisites: { list_not_found: 'an administrator creates lists, with "trackly lists create"' },
  async verify(verifying) {
    // Loaded late: it takes long to load, and few commands need it.
    const { verifyCounts } = await import('../verify-counts.ts');
    return verifyCounts(fields, verifying);
  },
};
