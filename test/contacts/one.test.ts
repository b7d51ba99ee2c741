import { beforeEach, describe, expect, test } from 'vitest';

import { addAccount, type TestAccount } from '../support/catalog.ts';
import { importIdOf, post, undoImport } from '../support/http.ts';
import { useStack } from '../support/suite.ts';
import { addLists, BULK, LIST, phone, readListContacts } from './contacts.ts';

const stack = useStack();
let account: TestAccount;

beforeEach(async () => {
  account = await addAccount(stack().database.sql);
  await addLists(stack().database.sql, account);
});

const send = (body: unknown, headers: Record<string, string> = {}, query = '') =>
  post(stack().url, typeof body === 'string' ? body : JSON.stringify(body), {
    path: `/api/v2/contacts${query}`,
    apiKey: account.apiKey,
    headers,
  });
const stored = () => readListContacts(stack().database.sql, account);
const contact = { phone_number: phone(0), list_number: LIST, custom_fields: { a: 1 } };

describe('POST /contacts', () => {
  test('adds a contact, and changes it the next time', async () => {
    const first = await send(contact);
    const ids = { contact_id: expect.any(Number), list_contact_id: expect.any(Number) };
    expect(first).toMatchObject({ status: 200 });
    expect(first.json).toEqual({
      success: true,
      ...ids,
      is_new_contact: true,
      is_new_list_contact: true,
      journeys_enrolled: 0,
    });
    const second = await send({ ...contact, custom_fields: { b: 2 } });
    expect(second.json).toEqual({
      ...JSON.parse(first.text),
      is_new_contact: false,
      is_new_list_contact: false,
    });
    expect(await stored()).toMatchObject([{ import_id: importIdOf(first), custom_fields: { a: 1, b: 2 } }]);
  });

  test('is an import: it is listed, replayed and undone', async () => {
    const headers = { 'idempotency-key': 'one' };
    const first = await send(contact, headers);
    const again = await send(contact, headers);
    expect(again).toMatchObject({ status: 200, text: first.text });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await undoImport(stack().url, importIdOf(first), account.apiKey)).toMatchObject({ status: 200 });
    expect(await stored()).toEqual([]);
    expect(await send(contact, headers)).toMatchObject({ status: 409, json: { code: 'import_undone' } });
  });

  test('a dry run saves nothing, and says what would be new', async () => {
    const answer = await send(contact, {}, '?dry_run=true');
    expect(answer.json).toMatchObject({ success: true, contact_id: null, list_contact_id: null, is_new_contact: true });
    expect(await stored()).toEqual([]);
  });

  test.for<[unknown, number, string]>([
    ['', 400, 'invalid_json'],
    ['{', 400, 'invalid_json'],
    ['[]', 400, 'invalid_record'],
    ['null', 400, 'invalid_record'],
    [{ list_number: LIST }, 400, 'missing_phone_number'],
    [{ ...contact, phone_number: '12' }, 400, 'invalid_phone'],
    [{ ...contact, list_number: ' ' }, 400, 'missing_list_number'],
    [{ ...contact, list_number: '+15559999999' }, 404, 'list_not_found'],
    [{ ...contact, other: 'x'.repeat(4000) }, 413, 'payload_too_large'],
  ])('%j gets %i %s', async ([body, status, code]) => {
    expect(await send(body)).toMatchObject({ status, json: { code, error: expect.any(String) } });
  });

  test('a rejected contact has used its key: the corrected one needs another', async () => {
    const headers = { 'idempotency-key': 'rejected' };
    const rejected = { status: 400, json: { code: 'invalid_phone' } };
    expect(await send({ ...contact, phone_number: '12' }, headers)).toMatchObject(rejected);
    expect(await send({ ...contact, phone_number: '12' }, headers)).toMatchObject(rejected);
    expect(await send(contact, headers)).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
    expect(await send(contact, { 'idempotency-key': 'corrected' })).toMatchObject({ status: 200 });
  });

  test('the key of an import of many is not that of one, even with the same bytes', async () => {
    const body = JSON.stringify({ ...contact, contacts: [contact] });
    const headers = { 'idempotency-key': 'same bytes' };
    const { apiKey } = account;
    expect(await post(stack().url, body, { path: BULK, apiKey, headers })).toMatchObject({ status: 200 });
    expect(await send(body, headers)).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
  });

  test('custom fields that are too large together get 413', async () => {
    await send({ ...contact, custom_fields: { a: 'x'.repeat(3000) } });
    expect(await send({ ...contact, custom_fields: { b: 'x'.repeat(3000) } })).toMatchObject({
      status: 413,
      json: { code: 'custom_fields_too_large' },
    });
  });

  test('answers 202 if the client does not want to wait', async () => {
    const answer = await send(contact, { prefer: 'respond-async' });
    expect(answer).toMatchObject({ status: 202, json: { status: 'processing' } });
  });
});
