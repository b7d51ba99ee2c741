import type pg from 'pg';

import type { TestAccount } from '../support/catalog.ts';
import { post, type Answer } from '../support/http.ts';

export const BULK = '/api/v2/contacts/bulk';
export const LIST = '+15550000001';
export const OTHER_LIST = '+15550000002';

/** Adds lists to an account. */
export async function addLists(sql: pg.Pool, account: TestAccount, numbers = [LIST, OTHER_LIST]): Promise<void> {
  await sql.query(`INSERT INTO sending_lists (account_id, list_number) SELECT $1, unnest($2::text[])`, [
    account.id,
    numbers,
  ]);
}

/** A phone number for each number from 0 on. */
export const phone = (number: number) => `+1555200${String(number).padStart(4, '0')}`;

/** Sends contacts; each is on a list unless it says which. */
export function postContacts(
  url: string,
  apiKey: string,
  contacts: readonly object[],
  headers: Record<string, string> = {},
  query = '',
): Promise<Answer> {
  const all = contacts.map((contact) => ({ list_number: LIST, ...contact }));
  return post(url, JSON.stringify({ contacts: all }), { path: BULK + query, apiKey, headers });
}

export interface StoredListContact {
  phone_number: string;
  list_number: string;
  signup_date: Date | null;
  signup_method: string | null;
  active: boolean;
  import_id: string | null;
  record_index: number | null;
  changed_import_ids: string[] | null;
  custom_fields: Record<string, unknown> | null;
  ip_address: string | null;
  url: string | null;
  contact_import_id: string | null;
  contact_record_index: number | null;
}

/** The list contacts of an account, by phone number and list. */
export async function readListContacts(sql: pg.Pool, account: TestAccount): Promise<StoredListContact[]> {
  const { rows } = await sql.query<StoredListContact>(
    `SELECT
       contact.phone_number, list.list_number, member.signup_date, member.signup_method, member.active,
       member.import_id, member.record_index, member.changed_import_ids,
       details.custom_fields, details.ip_address, details.url,
       contact.import_id AS contact_import_id, contact.record_index AS contact_record_index
     FROM list_contacts AS member
     JOIN contacts AS contact ON contact.account_id = member.account_id AND contact.id = member.contact_id
     JOIN sending_lists AS list ON list.account_id = member.account_id AND list.id = member.sending_list_id
     LEFT JOIN list_contact_details AS details
       ON details.account_id = member.account_id AND details.list_contact_id = member.id
     WHERE member.account_id = $1
     ORDER BY contact.phone_number, list.list_number`,
    [account.id],
  );
  return rows;
}
