import type pg from 'pg';

import { addAccount, addOffers, type TestAccount } from '../support/catalog.ts';
import { post, type Answer } from '../support/http.ts';

export const SENDS_PATH = '/api/v2/history/sends';
export const LISTS = ['+15550000001', '+15550000002'];

/** A number of a person. */
export const person = (number: number) => `+1555100${String(number).padStart(4, '0')}`;

/** A record to which a test gives what matters to it. */
export function send(id: string, to: number, others: Record<string, unknown> = {}): Record<string, unknown> {
  return { id, list_number: LISTS[0], to_number: person(to), timestamp: '2025-01-01T00:00:00Z', ...others };
}

/** Adds an account with two lists and an offer, and nothing else. */
export async function addSender(sql: pg.Pool): Promise<TestAccount & { listIds: number[] }> {
  const account = await addAccount(sql);
  const { rows } = await sql.query<{ id: string }>(
    'INSERT INTO sending_lists (account_id, list_number) SELECT $1, unnest($2::text[]) RETURNING id::text',
    [account.id, LISTS],
  );
  await addOffers(sql, account, [{ id: 'o0' }]);
  return { ...account, listIds: rows.map(({ id }) => Number(id)) };
}

export async function postSends(
  url: string,
  account: TestAccount,
  records: unknown[],
  headers: Record<string, string> = {},
  query = '',
): Promise<Answer> {
  return post(url, JSON.stringify({ records }), { path: `${SENDS_PATH}${query}`, apiKey: account.apiKey, headers });
}

export interface StoredSend {
  id: string;
  list: string | null;
  to: string | null;
  sent_at: string;
  send_type: string | null;
  delivered: boolean | null;
  length: number | null;
  imported: boolean;
  import_id: string | null;
  record_index: number | null;
}

/** The messages of an account, by id. */
export async function readMessages(sql: pg.Pool, account: TestAccount): Promise<StoredSend[]> {
  const { rows } = await sql.query<StoredSend>(
    `SELECT
       message.public_id AS id, list.list_number AS list, contact.phone_number AS to,
       to_char(message.sent_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS sent_at,
       message.send_type, message.delivered, message.length, message.imported, message.import_id, message.record_index
     FROM messages AS message
     LEFT JOIN list_contacts AS recipient USING (account_id)
     LEFT JOIN sending_lists AS list ON list.id = recipient.sending_list_id
     LEFT JOIN contacts AS contact ON contact.id = recipient.contact_id
     WHERE message.account_id = $1 AND recipient.id = message.list_contact_id
     ORDER BY message.public_id`,
    [account.id],
  );
  return rows;
}

export interface Recipient {
  list: string;
  to: string;
  send_count: number;
  last_sent_at: string | null;
  conversion_count: number;
  signup_method: string | null;
}

/** The contacts of an account on its lists, by list and number. */
export async function readRecipients(sql: pg.Pool, account: TestAccount): Promise<Recipient[]> {
  const { rows } = await sql.query<Recipient>(
    `SELECT
       list.list_number AS list, contact.phone_number AS to, send_count,
       to_char(last_sent_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS last_sent_at,
       conversion_count, signup_method
     FROM list_contacts
     JOIN sending_lists AS list ON list.id = list_contacts.sending_list_id
     JOIN contacts AS contact ON contact.id = list_contacts.contact_id
     WHERE list_contacts.account_id = $1
     ORDER BY list.list_number, contact.phone_number`,
    [account.id],
  );
  return rows;
}

/** The numbers of an account's contacts, on a list or not. */
export async function readNumbers(sql: pg.Pool, account: TestAccount): Promise<string[]> {
  const { rows } = await sql.query<{ number: string }>(
    'SELECT phone_number AS number FROM contacts WHERE account_id = $1 ORDER BY phone_number',
    [account.id],
  );
  return rows.map(({ number }) => number);
}
