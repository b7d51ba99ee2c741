import type { Operation } from './operations.ts';

/** A list of the account of which a record can be saved. */
export const LIST = '15550';
/** What a constraint that the test adds refuses, in each table. */
export const IMPOSSIBLE = 'impossible';
export const IMPOSSIBLE_NUMBER = '+15559999999';

/** An operation that imports records of a kind, and requests that are refused with each of its own codes. */
export interface Importing extends Operation {
  refused: readonly (readonly [body: unknown, answer: string])[];
}

const post = (id: string, path: string, body: unknown) => ({
  id,
  method: 'POST',
  path: () => `/api/v2${path}`,
  body: JSON.stringify(body),
});

const many = (list: string) => ({ [list]: Array.from({ length: 1_001 }, () => 0) });

const contact = { phone_number: '+15551000001', list_number: LIST };
const offer = { id: 'conforming', name: 'Conforming', tracking_url: 'https://go.example.com' };
const sent = { id: 'conforming', list_number: LIST, to_number: '+15551000001', timestamp: '2025-01-01' };

export const IMPORT_OFFERS: Importing = {
  ...post('importOffers', '/offers/bulk', { offers: [offer, {}] }),
  refused: [
    [{}, '400 missing_offers'],
    [many('offers'), '413 too_many_offers'],
  ],
};

/** Imports of lists of records, each of one that is saved and one that is rejected. */
export const imports: readonly Importing[] = [
  {
    ...post('importContacts', '/contacts/bulk', { contacts: [contact, {}] }),
    refused: [
      [{}, '400 missing_contacts'],
      [many('contacts'), '413 too_many_contacts'],
    ],
  },
  IMPORT_OFFERS,
  {
    ...post('importSends', '/history/sends', { records: [sent, {}] }),
    refused: [
      [{}, '400 missing_records'],
      [many('records'), '413 too_many_records'],
    ],
  },
];

const large = { a: 'x'.repeat(3_000) };

export const SAVE_CONTACT: Importing = {
  ...post('saveContact', '/contacts', contact),
  refused: [
    ['x', '400 invalid_record'],
    [{ ...contact, other: 'x'.repeat(4_000) }, '413 payload_too_large'],
    [{ ...contact, phone_number: null }, '400 missing_phone_number'],
    [{ ...contact, phone_number: '1' }, '400 invalid_phone'],
    [{ ...contact, list_number: null }, '400 missing_list_number'],
    [{ ...contact, list_number: 'x' }, '400 invalid_list_number'],
    [{ ...contact, signup_date: 'x' }, '400 invalid_signup_date'],
    [{ ...contact, ip_address: 'x' }, '400 invalid_ip_address'],
    [{ ...contact, url: '' }, '400 invalid_url'],
    [{ ...contact, custom_fields: 'x' }, '400 invalid_custom_fields'],
    [{ ...contact, use_journeys: 'x' }, '400 invalid_use_journeys'],
    [{ ...contact, list_number: '99999' }, '404 list_not_found'],
    [{ ...contact, phone_number: IMPOSSIBLE_NUMBER }, '500 save_error'],
  ],
};

/** Imports of single records. */
export const singles: readonly Importing[] = [
  SAVE_CONTACT,
  {
    ...post('saveOffer', '/offers', { ...offer, id: 'single' }),
    refused: [
      [{ name: 'x' }, '400 missing_tracking_url'],
      [{ ...offer, ...Object.fromEntries(Array.from({ length: 100 }, (_, n) => [n, n])) }, '400 invalid_record'],
      [{ ...offer, id: '' }, '400 invalid_id'],
      [{ ...offer, name: null }, '400 missing_name'],
      [{ ...offer, name: 7 }, '400 invalid_name'],
      [{ ...offer, tracking_url: 'x' }, '400 invalid_tracking_url'],
      [{ ...offer, external_id: 7 }, '400 invalid_external_id'],
      [{ ...offer, external_platform: 'x' }, '400 invalid_external_platform'],
      [{ ...offer, payout: 'x' }, '400 invalid_payout'],
      [{ ...offer, payout_type: 'x' }, '400 invalid_payout_type'],
      [{ ...offer, status: 'x' }, '400 invalid_status'],
      [{ ...offer, id: undefined, name: IMPOSSIBLE }, '500 save_error'],
    ],
  },
];

/** Two that have too much together. */
export const LARGE_CONTACTS = [large, { b: large.a }].map((fields) => ({ ...contact, custom_fields: fields }));

const get = (id: string, path: string): Operation => ({ id, method: 'GET', path: () => `/api/v2${path}` });
export const listContacts = get('listContacts', '/contacts');
export const listOffers = get('listOffers', '/offers');
export const getOffer = get('getOffer', '/offers/o0');
export const listLists = get('listLists', '/lists');
export const getList = get('getList', '/lists/1');
