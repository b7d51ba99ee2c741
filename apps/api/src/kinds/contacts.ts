import { ContactSaved, kindSpecs, MAX_RECORDS } from '@trackly/contract';
import { findListContact, type Database } from '@trackly/db';

import type { Examples } from '../description/responses.ts';
import type { ApiKind, OneRecord, SavedRecord } from './api-kind.ts';

const requests: Examples = {
  documented: {
    summary: 'Two contacts',
    value: {
      contacts: [
        {
          phone_number: '+15551000001',
          list_number: '+15550000001',
          signup_date: '2025-11-15T16:00:00Z',
          ip_address: '203.0.113.7',
          url: 'https://shop.example.com/join',
          custom_fields: { first_name: 'Ada', plan: 'gold' },
        },
        { phone_number: '+15551000002', list_number: '+15550000001' },
      ],
    },
  },
};

const oneCreated = { contacts_created: 1, list_contacts_created: 1, list_contacts_updated: 1, journeys_enrolled: 0 };

const results: Examples = {
  documented: {
    summary: 'One is new, the other was there',
    value: { success_count: 2, error_count: 0, ...oneCreated, errors: [] },
  },
  some: {
    summary: 'One contact rejected',
    value: {
      success_count: 1,
      error_count: 1,
      ...oneCreated,
      errors: [
        {
          index: 1,
          phone_number: '+15551000002',
          code: 'list_not_found',
          error: kindSpecs.contacts.errors.list_not_found,
        },
      ],
    },
  },
};

const one: OneRecord = {
  path: '/contacts',
  tag: 'Contacts',
  operationId: 'saveContact',
  summary: 'Add or change a contact',
  description:
    'Adds one contact to a list, or changes it if it is there, like an import of one contact: it is in the list of ' +
    'imports, and can be undone. What the request lacks stays as it is, and custom fields are merged. Journeys are no part ' +
    'of this service: `journeys_enrolled` is always 0.',
  requests: {
    documented: {
      value: {
        phone_number: '+15551000001',
        list_number: '+15550000001',
        signup_date: '2025-11-15T16:00:00Z',
        custom_fields: { first_name: 'Ada' },
      },
    },
  },
  results: {
    documented: {
      value: {
        success: true,
        contact_id: 815,
        list_contact_id: 4711,
        is_new_contact: true,
        is_new_list_contact: true,
        journeys_enrolled: 0,
      },
    },
  },
  response: ContactSaved,
  statuses: { list_not_found: 404, custom_fields_too_large: 413 },
  answer: describeSaved,
};

async function describeSaved(db: Database, { accountId, record, counts }: SavedRecord): Promise<ContactSaved> {
  const [phoneNumber, listNumber] = [String(record['phone_number']), String(record['list_number'])];
  const found = await findListContact(db, { accountId, phoneNumber, listNumber });
  return {
    success: true,
    contact_id: found ? Number(found.contactId) : null,
    list_contact_id: found?.listContactId == null ? null : Number(found.listContactId),
    is_new_contact: counts['contacts_created'] === 1,
    is_new_list_contact: counts['list_contacts_created'] === 1,
    journeys_enrolled: 0,
  };
}

/** The description of importing contacts. */
export const contactsKind: ApiKind = {
  spec: kindSpecs.contacts,
  operationId: 'importContacts',
  summary: 'Import contacts',
  description:
    `Adds up to ${MAX_RECORDS.toLocaleString('en')} contacts to their lists, or changes those that are there: what a ` +
    'contact lacks stays as it is, and custom fields are merged. Contacts that come twice in a request are merged in ' +
    'order of their index. A rejected contact does not affect the others. Undoing removes what the import has made, ' +
    'unless something refers to it; what it has changed stays. Journeys are no part of this service: `journeys_enrolled` ' +
    'is always 0.',
  requests,
  results,
  one,
};
