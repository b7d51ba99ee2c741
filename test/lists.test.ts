import { describe, expect, test } from 'vitest';

import { addAccount } from './support/catalog.ts';
import { get } from './support/http.ts';
import { useStack } from './support/suite.ts';

describe('lists', () => {
  const stack = useStack({ worker: false });

  test('are listed with their contacts counted, and read one by one', async () => {
    const { url, database } = stack();
    const { id: accountId, apiKey } = await addAccount(database.sql);
    const { sql } = database;
    const { rows } = await sql.query<{ id: string }>(
      `INSERT INTO sending_lists (account_id, list_number, list_name, brand_name, list_type, status)
       VALUES ($1, '+15550000001', 'Newsletter', 'Shop', 'toll_free', 'active'),
              ($1, '12345', NULL, NULL, NULL, 'inactive')
       RETURNING id`,
      [accountId],
    );
    const [newsletter, code] = rows.map(({ id }) => Number(id));
    await sql.query(
      `WITH contact AS (
         INSERT INTO contacts (account_id, phone_number) SELECT $1, '+1555200' || n FROM generate_series(1000, 1004) AS n
         RETURNING id
       )
       INSERT INTO list_contacts (account_id, sending_list_id, contact_id) SELECT $1, $2, id FROM contact`,
      [accountId, newsletter],
    );
    const counted = async () => {
      const { json } = await get(`${url}/api/v2/lists/${newsletter}`, apiKey);
      return Object(json).contact_count;
    };
    expect(await counted()).toBe(5);
    await sql.query('UPDATE list_contacts SET conversion_count = 0 WHERE sending_list_id = $1', [newsletter]);
    await sql.query(
      'DELETE FROM list_contacts WHERE id IN (SELECT id FROM list_contacts WHERE sending_list_id = $1 LIMIT 2)',
      [newsletter],
    );
    expect(await counted()).toBe(3);

    const first = {
      id: newsletter,
      phone_number: '+15550000001',
      brand_name: 'Shop',
      list_name: 'Newsletter',
      list_type: 'toll_free',
      status: 'active',
      contact_count: 3,
      created_at: expect.any(String),
    };
    const second = {
      ...first,
      id: code,
      phone_number: '12345',
      brand_name: null,
      list_name: null,
      list_type: null,
      status: 'inactive',
      contact_count: 0,
    };
    const pagination = { page: 1, per_page: 1000, total: 2, total_pages: 1, has_more: false };
    expect((await get(`${url}/api/v2/lists`, apiKey)).json).toEqual({ lists: [first, second], pagination });
    expect((await get(`${url}/api/v2/lists?status=inactive`, apiKey)).json).toEqual({
      lists: [second],
      pagination: { ...pagination, total: 1 },
    });
    expect((await get(`${url}/api/v2/lists?per_page=1&page=2`, apiKey)).json).toMatchObject({ lists: [second] });
    expect((await get(`${url}/v2/lists/${code}`, apiKey)).json).toEqual(second);
  });

  test.for(['1000000', '0', '-1', 'x', '99999999999999999999', '%00', '01'])('have none with the id %s', async (id) => {
    const { url, account } = stack();
    expect(await get(`${url}/api/v2/lists/${id}`, account.apiKey)).toMatchObject({
      status: 404,
      json: { code: 'not_found' },
    });
  });

  test('of other accounts are not there', async () => {
    const { url, account, database } = stack();
    const other = await addAccount(database.sql);
    const { json } = await get(`${url}/api/v2/lists`, account.apiKey);
    const id = Object(json).lists[0].id;
    expect(await get(`${url}/api/v2/lists/${id}`, other.apiKey)).toMatchObject({ status: 404 });
    expect((await get(`${url}/api/v2/lists`, other.apiKey)).json).toMatchObject({ lists: [] });
  });

  test.for(['status=gone', 'page=0', 'per_page=1001', 'x=1'])('are refused with %s', async (query) => {
    const { url, account } = stack();
    expect(await get(`${url}/api/v2/lists?${query}`, account.apiKey)).toMatchObject({
      status: 400,
      json: { code: 'invalid_parameter' },
    });
  });
});
