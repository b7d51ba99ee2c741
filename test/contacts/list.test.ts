import { beforeEach, describe, expect, test } from 'vitest';

import { addAccount, type TestAccount } from '../support/catalog.ts';
import { get } from '../support/http.ts';
import { useStack } from '../support/suite.ts';
import { addLists, LIST, OTHER_LIST, phone, postContacts } from './contacts.ts';

const stack = useStack();
let account: TestAccount;

beforeEach(async () => {
  account = await addAccount(stack().database.sql);
  await addLists(stack().database.sql, account);
});

const list = (query = '', key = account.apiKey) => get(`${stack().url}/api/v2/contacts${query}`, key);
const numbersOf = async (query: string) => {
  const { json } = await list(query);
  return json;
};
const only = (...numbers: (number | null)[]) => ({
  contacts: numbers.map((number) => expect.objectContaining({ phone_number: number === null ? null : phone(number) })),
});

async function fill(): Promise<void> {
  const contacts = [
    { phone_number: phone(0), signup_date: '2025-01-01', custom_fields: { plan: 'gold' }, ip_address: '::1', url: 'x' },
    { phone_number: phone(1), signup_date: '2025-01-03' },
    { phone_number: phone(2), signup_date: '2025-01-02' },
    { phone_number: phone(0), list_number: OTHER_LIST, signup_date: '2025-01-04' },
  ];
  expect((await postContacts(stack().url, account.apiKey, contacts)).json).toMatchObject({ success_count: 4 });
}

describe('GET /contacts', () => {
  test('lists contacts with all fields, the latest sign-up first', async () => {
    await fill();
    const all = await list();
    expect(all.status).toBe(200);
    expect(all.json).toMatchObject({
      ...only(0, 1, 2, 0),
      pagination: { page: 1, per_page: 50, total: 4, total_pages: 1, has_more: false },
    });
    const { json } = await list('?per_page=1&page=4');
    expect(json).toEqual({
      contacts: [
        {
          id: expect.any(Number),
          contact_id: expect.any(Number),
          phone_number: phone(0),
          list_number: LIST,
          active: true,
          signup_date: '2025-01-01T00:00:00.000Z',
          signup_method: 'api',
          ip_address: '::1',
          url: 'x',
          custom_fields: { plan: 'gold' },
          send_count: 0,
          last_sent_at: null,
          revenue_total: 0,
          conversion_count: 0,
          last_revenue_at: null,
          click_count: 0,
          last_clicked_at: null,
          is_valid: null,
          carrier: null,
          line_type: null,
          timezone: null,
        },
      ],
      pagination: { page: 4, per_page: 1, total: 4, total_pages: 4, has_more: false },
    });
  });

  test('filters by list, state and number, and by all of them', async () => {
    await fill();
    await stack().database.sql.query(
      `UPDATE list_contacts SET active = false, signup_date = NULL
       FROM contacts WHERE contacts.id = list_contacts.contact_id AND contacts.account_id = $1 AND phone_number = $2`,
      [account.id, phone(1)],
    );
    const number = encodeURIComponent(phone(0));
    const [first, second] = [encodeURIComponent(LIST), encodeURIComponent(OTHER_LIST)];
    expect(await numbersOf('')).toMatchObject(only(0, 2, 0, 1));
    expect(await numbersOf(`?list_number=${first}`)).toMatchObject(only(2, 0, 1));
    expect(await numbersOf(`?list_number=${second}`)).toMatchObject(only(0));
    expect(await numbersOf('?active=false')).toMatchObject(only(1));
    expect(await numbersOf('?active=true')).toMatchObject(only(0, 2, 0));
    expect(await numbersOf(`?phone_number=${number}`)).toMatchObject({ ...only(0, 0), pagination: { total: 2 } });
    expect(await numbersOf(`?phone_number=${number}&list_number=${first}&active=true`)).toMatchObject(only(0));
    expect(await numbersOf(`?phone_number=${number}&active=false`)).toMatchObject(only());
    expect(await numbersOf('?list_number=12345')).toMatchObject({
      ...only(),
      pagination: { total: 0, total_pages: 0 },
    });
  });

  test('a page after the last is empty, and one that is too deep is refused', async () => {
    await fill();
    expect(await numbersOf('?page=2')).toMatchObject({ ...only(), pagination: { page: 2, total: 4 } });
    expect(await list('?page=101&per_page=1000')).toMatchObject({ status: 400, json: { code: 'page_too_deep' } });
    expect((await list('?page=100&per_page=1000')).status).toBe(200);
  });

  test.for(['page=0', 'per_page=0', 'per_page=1001', 'active=yes', 'phone_number=1555', 'list_number=x', 'cursor=1'])(
    '%s is refused',
    async (query) => {
      expect(await list(`?${query}`)).toMatchObject({ status: 400, json: { code: 'invalid_parameter' } });
    },
  );

  test('says how the + of a number is written in an address', async () => {
    for (const parameter of ['phone_number', 'list_number']) {
      expect((await list(`?${parameter}=+15551000001`)).json).toEqual({
        error: `${parameter} is not valid: write +15551000001 as %2B15551000001.`,
        code: 'invalid_parameter',
      });
    }
  });

  test('says nothing of other accounts', async () => {
    await fill();
    const other = await addAccount(stack().database.sql);
    const { json } = await list(`?phone_number=${encodeURIComponent(phone(0))}`, other.apiKey);
    expect(json).toMatchObject({ contacts: [], pagination: { total: 0 } });
  });
});
