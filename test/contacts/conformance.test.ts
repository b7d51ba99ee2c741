import { beforeAll, describe, expect, test } from 'vitest';

import { Description } from '../api/conformance/description.ts';
import type { Operation } from '../api/conformance/operations.ts';
import { send, type Sending } from '../api/conformance/send.ts';
import { get } from '../support/http.ts';
import { useStack } from '../support/suite.ts';
import { addLists, BULK, LIST, phone } from './contacts.ts';

const CONTACT = { phone_number: phone(0), list_number: LIST, custom_fields: { a: 1 } };
const UNKNOWN_LIST = '+15559999999';
const importContacts: Operation = {
  id: 'importContacts',
  method: 'POST',
  path: () => BULK,
  body: JSON.stringify({ contacts: [CONTACT, { ...CONTACT, list_number: UNKNOWN_LIST }] }),
};
const saveContact: Operation = {
  id: 'saveContact',
  method: 'POST',
  path: () => '/api/v2/contacts',
  body: JSON.stringify(CONTACT),
};
const listContacts: Operation = { id: 'listContacts', method: 'GET', path: () => '/api/v2/contacts' };
const operations = [importContacts, saveContact, listContacts];

/** What happens before a request gets to an operation, or in the part that all imports have: see the tests of the API. */
const ELSEWHERE = [
  'malformed_request',
  'missing_api_key',
  'invalid_api_key',
  'request_timeout',
  'headers_too_large',
  'too_many_requests',
  'internal_error',
  'overloaded',
  'unavailable',
  'suspended',
  'already_imported',
  'quota_exceeded',
  'too_many_pending',
  'import_undone',
  'save_error',
];

describe('the API answers about contacts as it says', () => {
  const stack = useStack();
  const seen = new Set<string>();
  let description: Description;

  beforeAll(async () => {
    const { url, database, account } = stack();
    description = new Description((await get(`${url}/openapi.json`)).json);
    await addLists(database.sql, account);
  });

  async function look(operation: Operation, sending: Sending = {}): Promise<string[]> {
    const { url, account } = stack();
    const answer = await send(url, operation, { apiKey: account.apiKey, ...sending });
    const { seen: name, misfits } = description.check(operation.id, answer);
    seen.add(name);
    return [
      name.replace(`${operation.id} `, '').replace('application/json', '').replaceAll(/\s+/g, ' ').trim(),
      ...misfits,
    ];
  }

  const one = (changes: object) => JSON.stringify({ ...CONTACT, ...changes });
  const key = { 'idempotency-key': 'contacts' };
  const large = (name: string) => ({ custom_fields: { [name]: 'x'.repeat(3000) } });

  test.for<[Operation, Sending, string]>([
    [importContacts, { headers: key }, '200'],
    [importContacts, { headers: key }, '200'],
    [importContacts, { headers: { prefer: 'respond-async' } }, '202'],
    [importContacts, { headers: key, body: '{"contacts":[{}]}' }, '422 idempotency_key_reused'],
    [importContacts, { body: '{' }, '400 invalid_json'],
    [importContacts, { body: '{"records":[]}' }, '400 missing_contacts'],
    [importContacts, { query: '?dryrun=true' }, '400 invalid_parameter'],
    [importContacts, { headers: { 'idempotency-key': '' } }, '400 invalid_idempotency_key'],
    [importContacts, { headers: { 'import-name': '' } }, '400 invalid_header'],
    [importContacts, { body: `"${'x'.repeat(5 * 1024 * 1024)}"` }, '413 payload_too_large'],
    [importContacts, { body: `{"contacts":[${'0,'.repeat(1_000)}0]}` }, '413 too_many_contacts'],
    [importContacts, { headers: { 'content-type': 'text/csv' } }, '415 unsupported_media_type'],
    [saveContact, {}, '200'],
    [saveContact, { query: '?dry_run=true', headers: { prefer: 'wait=240' } }, '200'],
    [saveContact, { headers: { prefer: 'respond-async' } }, '202'],
    [saveContact, { headers: key }, '422 idempotency_key_reused'],
    [saveContact, { body: '{' }, '400 invalid_json'],
    [saveContact, { query: '?dryrun=true' }, '400 invalid_parameter'],
    [saveContact, { headers: { 'idempotency-key': '' } }, '400 invalid_idempotency_key'],
    [saveContact, { headers: { 'import-name': '' } }, '400 invalid_header'],
    [saveContact, { body: `"${'x'.repeat(5 * 1024 * 1024)}"` }, '413 payload_too_large'],
    [saveContact, { headers: { 'content-type': 'text/csv' } }, '415 unsupported_media_type'],
    [saveContact, { body: '[]' }, '400 invalid_record'],
    [saveContact, { body: one({ phone_number: '' }) }, '400 missing_phone_number'],
    [saveContact, { body: one({ phone_number: '5' }) }, '400 invalid_phone'],
    [saveContact, { body: one({ list_number: null }) }, '400 missing_list_number'],
    [saveContact, { body: one({ list_number: '5' }) }, '400 invalid_list_number'],
    [saveContact, { body: one({ signup_date: '5' }) }, '400 invalid_signup_date'],
    [saveContact, { body: one({ ip_address: '5' }) }, '400 invalid_ip_address'],
    [saveContact, { body: one({ url: 5 }) }, '400 invalid_url'],
    [saveContact, { body: one({ custom_fields: 5 }) }, '400 invalid_custom_fields'],
    [saveContact, { body: one({ use_journeys: 5 }) }, '400 invalid_use_journeys'],
    [saveContact, { body: one({ list_number: UNKNOWN_LIST }) }, '404 list_not_found'],
    [saveContact, { body: one({ note: 'x'.repeat(4000) }) }, '413 payload_too_large'],
    [saveContact, { body: one({ phone_number: phone(1), ...large('a') }) }, '200'],
    [saveContact, { body: one({ phone_number: phone(1), ...large('b') }) }, '413 custom_fields_too_large'],
    [listContacts, {}, '200'],
    [listContacts, { query: '?page=0' }, '400 invalid_parameter'],
    [listContacts, { query: '?page=1000000' }, '400 page_too_deep'],
  ])('%#: $2', async ([operation, sending, wanted]) => {
    expect(await look(operation, sending)).toEqual([wanted]);
  });

  test('and everything that it says has been seen', () => {
    const own = description.documented.filter((name) => operations.some(({ id }) => name.startsWith(`${id} `)));
    const wanted = own.filter((name) => !ELSEWHERE.some((code) => name.endsWith(` ${code}`)));
    expect(wanted.filter((name) => !seen.has(name))).toEqual([]);
  });
});
