import type pg from 'pg';

import {
  addAccount,
  addContacts,
  addMessages,
  addOffers,
  CATALOG_LIST,
  GONE_CONTACT,
  type TestAccount,
} from '../support/catalog.ts';

/** An account with what its records refer to. */
export interface Account extends TestAccount {
  /** Numbers of lists; all contacts are on the first. */
  lists: string[];
  /** A message for each contact; `contact` is "list:number". */
  messages: { id: string; contactId: string; contact: string }[];
  /** A message whose contact is gone: what refers to it cannot be saved. */
  orphan: string;
  offers: string[];
  /** Imports that have brought all this, if any. */
  importIds: string[];
  /** Text that must not reach a log. */
  secrets: string[];
}

/** Text of messages and custom fields. */
export const PRIVATE_TEXT = 'for your eyes only';
/** The number of no list. */
export const UNKNOWN_LIST = '15559';
const SECOND_LIST = '15551';

export interface CatalogSize {
  contacts: number;
  offers: number;
}

/** Adds an account with as many contacts, each reached by a message, and offers. */
export async function addCatalog(sql: pg.Pool, { contacts, offers }: CatalogSize): Promise<Account> {
  const account = await addAccount(sql);
  await addContacts(sql, account, contacts);
  await sql.query('INSERT INTO sending_lists (account_id, list_number) VALUES ($1, $2)', [account.id, SECOND_LIST]);
  const members = await readContacts(sql, account);
  const prefix = `msg-of-${account.id}-`;
  const messages = members.map((member, index) => ({ ...member, id: `${prefix}${index}` }));
  const orphan = `${prefix}orphan`;
  await addMessages(sql, account, [
    ...messages.map((message) => ({ id: message.id, listContactId: message.contactId })),
    { id: orphan, listContactId: GONE_CONTACT },
  ]);
  const offerIds = Array.from({ length: offers }, (_, index) => `offer-${index}`);
  await addOffers(
    sql,
    account,
    offerIds.map((id) => ({ id })),
  );
  return {
    ...account,
    lists: [CATALOG_LIST, SECOND_LIST],
    messages,
    orphan,
    offers: offerIds,
    importIds: [],
    secrets: [account.apiKey, '+1555', prefix, 'sent-of-', PRIVATE_TEXT],
  };
}

async function readContacts(sql: pg.Pool, { id }: TestAccount): Promise<{ contactId: string; contact: string }[]> {
  const { rows } = await sql.query<{ contactId: string; contact: string }>(
    `SELECT list_contacts.id::text AS "contactId", concat_ws(':', list_number, phone_number) AS contact
     FROM list_contacts
     JOIN sending_lists AS list ON list.account_id = list_contacts.account_id AND list.id = sending_list_id
     JOIN contacts ON contacts.account_id = list_contacts.account_id AND contacts.id = contact_id
     WHERE list_contacts.account_id = $1
     ORDER BY list_contacts.id`,
    [id],
  );
  return rows;
}
