import { Type } from '@sinclair/typebox';
import { compile, kindSpecs } from '@trackly/contract';
import { beforeEach, expect, test } from 'vitest';

import { addAccount, type TestAccount } from '../support/catalog.ts';
import { importIdOf } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';
import { addLists, LIST, OTHER_LIST, phone, postContacts, readListContacts } from './contacts.ts';

describeOnEachQueue('importing contacts', (createQueue) => {
  const stack = useStack({ createQueue });
  let account: TestAccount;

  beforeEach(async () => {
    account = await addAccount(stack().database.sql);
    await addLists(stack().database.sql, account);
  });

  const send = (contacts: object[], headers = {}, query = '') =>
    postContacts(stack().url, account.apiKey, contacts, headers, query);
  const stored = () => readListContacts(stack().database.sql, account);

  test('adds contacts and list contacts, and counts both', async () => {
    const answer = await send([
      {
        phone_number: phone(0),
        signup_date: '2025-01-02T03:04:05Z',
        ip_address: '203.0.113.7',
        url: 'https://example.com/join',
        custom_fields: { plan: 'gold' },
        use_journeys: true,
      },
      { phone_number: phone(1) },
      { phone_number: phone(0), list_number: OTHER_LIST },
    ]);
    expect(answer).toMatchObject({
      status: 200,
      json: {
        success_count: 3,
        error_count: 0,
        contacts_created: 2,
        list_contacts_created: 3,
        journeys_enrolled: 0,
        errors: [],
      },
    });
    const importId = importIdOf(answer);
    const made = { active: true, signup_method: 'api', import_id: importId, changed_import_ids: null };
    const nothing = { custom_fields: null, ip_address: null, url: null };
    expect(await stored()).toEqual([
      {
        ...made,
        phone_number: phone(0),
        list_number: LIST,
        record_index: 0,
        signup_date: new Date('2025-01-02T03:04:05Z'),
        custom_fields: { plan: 'gold' },
        ip_address: '203.0.113.7',
        url: 'https://example.com/join',
        contact_import_id: importId,
        contact_record_index: 0,
      },
      {
        ...made,
        ...nothing,
        phone_number: phone(0),
        list_number: OTHER_LIST,
        record_index: 2,
        signup_date: expect.any(Date),
        contact_import_id: importId,
        contact_record_index: 0,
      },
      {
        ...made,
        ...nothing,
        phone_number: phone(1),
        list_number: LIST,
        record_index: 1,
        signup_date: expect.any(Date),
        contact_import_id: importId,
        contact_record_index: 1,
      },
    ]);
  });

  test('changes what is there: fields are merged, and what is not given stays', async () => {
    const first = await send([
      {
        phone_number: phone(0),
        signup_date: '2025-01-01',
        url: 'https://a.example',
        custom_fields: { a: 1, b: { c: 2 } },
      },
      { phone_number: phone(1), signup_date: '2025-01-01' },
    ]);
    const second = await send([
      { phone_number: phone(0), ip_address: '::1', custom_fields: { b: null, d: [1, 'x'] } },
      { phone_number: phone(1), signup_date: '2025-02-02' },
      { phone_number: phone(0), custom_fields: { a: 'last' } },
    ]);
    expect(second.json).toMatchObject({ success_count: 3, contacts_created: 0, list_contacts_created: 0 });
    const changed = { import_id: importIdOf(first), changed_import_ids: [importIdOf(second)] };
    expect(await stored()).toMatchObject([
      {
        ...changed,
        signup_date: new Date('2025-01-01'),
        url: 'https://a.example',
        ip_address: '::1',
        custom_fields: { a: 'last', b: null, d: [1, 'x'] },
      },
      { ...changed, signup_date: new Date('2025-02-02'), custom_fields: null },
    ]);
  });

  test('the same again changes nothing, not even a row', async () => {
    const contacts = [{ phone_number: phone(0), signup_date: '2025-01-01', custom_fields: { a: 1 } }];
    await send(contacts);
    const versions = async () =>
      (await stack().database.sql.query('SELECT xmin FROM list_contacts WHERE account_id = $1', [account.id])).rows;
    const before = await versions();
    expect((await send(contacts)).json).toMatchObject({ success_count: 1, list_contacts_created: 0 });
    expect(await versions()).toEqual(before);
    expect(await stored()).toMatchObject([{ changed_import_ids: null }]);
  });

  test('rejects records with the phone number, a code and the reason', async () => {
    const large = { text: 'x'.repeat(3000) };
    const answer = await send([
      { list_number: LIST },
      { phone_number: '5551000001' },
      { phone_number: phone(0), list_number: null },
      { phone_number: phone(0), list_number: 'home' },
      { phone_number: phone(0), list_number: '+15559999999' },
      { phone_number: phone(0), signup_date: 'yesterday' },
      { phone_number: phone(0), ip_address: 'localhost' },
      { phone_number: phone(0), url: '' },
      { phone_number: phone(0), custom_fields: 'none' },
      { phone_number: phone(0), use_journeys: 'yes' },
      { phone_number: phone(0), unknown: 'x'.repeat(4000) },
      { phone_number: phone(0), custom_fields: { a: large } },
      { phone_number: phone(0), custom_fields: { b: large } },
      { phone_number: phone(0), custom_fields: { c: 1 } },
    ]);
    const codes = [
      'missing_phone_number',
      'invalid_phone',
      'missing_list_number',
      'invalid_list_number',
      'list_not_found',
      'invalid_signup_date',
      'invalid_ip_address',
      'invalid_url',
      'invalid_custom_fields',
      'invalid_use_journeys',
      'payload_too_large',
      undefined,
      'custom_fields_too_large',
    ] as const;
    const errors = codes.flatMap((code, index) =>
      code === undefined
        ? []
        : [{ index, phone_number: index < 2 ? null : phone(0), code, error: kindSpecs.contacts.errors[code] }],
    );
    expect(answer).toMatchObject({ status: 200, json: { success_count: 2, error_count: errors.length, errors } });
    expect(await stored()).toMatchObject([{ custom_fields: { a: large, c: 1 } }]);
  });

  test('custom fields are too large together with those that are there, and not before', async () => {
    const filler = (bytes: number) => 'x'.repeat(bytes);
    await send([{ phone_number: phone(0), custom_fields: { a: filler(1990) } }]);
    // {"a":"…1990…","b":"…"}: 15 bytes besides the texts.
    const exact = await send([{ phone_number: phone(0), custom_fields: { b: filler(4000 - 15 - 1990) } }]);
    expect(exact.json).toMatchObject({ success_count: 1 });
    const more = await send([{ phone_number: phone(0), custom_fields: { b: filler(4001 - 15 - 1990) } }]);
    expect(more.json).toMatchObject({ success_count: 0, errors: [{ index: 0, code: 'custom_fields_too_large' }] });
    const less = await send([{ phone_number: phone(0), custom_fields: { a: null, b: filler(2000) } }]);
    expect(less.json).toMatchObject({ success_count: 1 });
  });

  test('dry runs and atomic imports that fail save nothing', async () => {
    const good = { phone_number: phone(0), custom_fields: { a: 1 } };
    const dry = await send([good], {}, '?dry_run=true');
    expect(dry.json).toMatchObject({ success_count: 1, contacts_created: 1, list_contacts_created: 1 });
    const atomic = await send([good, { phone_number: phone(1), list_number: '12345' }], {}, '?atomic=true');
    expect(atomic.json).toMatchObject({ success_count: 0, error_count: 1, contacts_created: 0 });
    expect(await stored()).toEqual([]);
  });

  test('many requests at once with the same contacts make each once, and lose no field', async () => {
    const requests = Array.from({ length: 12 }, (_, request) =>
      send(
        Array.from({ length: 40 }, (__, index) => ({
          phone_number: phone((index * 7 + request) % 40),
          custom_fields: { [`from${request}`]: index },
        })),
      ),
    );
    const answers = await Promise.all(requests);
    const isCounts = compile(Type.Object({ contacts_created: Type.Integer(), list_contacts_created: Type.Integer() }));
    const made = answers.map(({ json }) => json).filter((json) => isCounts(json));
    expect(made.reduce((sum, { contacts_created: count }) => sum + count, 0)).toBe(40);
    expect(made.reduce((sum, { list_contacts_created: count }) => sum + count, 0)).toBe(40);
    const all = await stored();
    expect(all).toHaveLength(40);
    for (const { custom_fields: fields } of all) expect(Object.keys(fields ?? {})).toHaveLength(12);
  });

  test('a key that comes again has one effect', async () => {
    const key = { 'idempotency-key': 'contacts-1' };
    const contacts = [{ phone_number: phone(0) }];
    const first = await send(contacts, key);
    const again = await send(contacts, key);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });
});
