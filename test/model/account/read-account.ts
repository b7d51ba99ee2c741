import type { ListedContact, Offer } from '@trackly/contract';
import { expect } from 'vitest';

import { readListContacts, type StoredListContact } from '../../contacts/contacts.ts';
import { readMessages, readNumbers } from '../../sends/support.ts';
import type { TestAccount } from '../../support/catalog.ts';
import { get } from '../../support/http.ts';
import type { RunningStack } from '../../support/suite.ts';
import { NOBODY, type Maker, type State } from './state.ts';
import { byPlace } from './view.ts';

interface Reading {
  stack: RunningStack;
  account: TestAccount;
  /** The numbers of imports by their ids. */
  numbers: ReadonlyMap<string, number>;
}

/** Reads what an account has, over HTTP where that is possible, in the form of `viewOf`. */
export async function readAccount({ stack, account, numbers }: Reading): Promise<object> {
  const { sql } = stack.database;
  const numberOf = (importId: string | null) => (importId === null ? NOBODY : numbers.get(importId));
  async function read<Body>(path: string): Promise<Body> {
    const body: Body = JSON.parse((await get(`${stack.url}/api/v2${path}`, account.apiKey)).text);
    return body;
  }

  const [page, lists, offers, members, messages] = await Promise.all([
    read<{ contacts: ListedContact[]; pagination: { total: number } }>('/contacts?per_page=1000'),
    read<{ lists: { id: number; phone_number: string; contact_count: number }[] }>('/lists'),
    read<{ offers: Offer[] }>('/offers?per_page=100'),
    readListContacts(sql, account),
    readMessages(sql, account),
  ]);
  expect(page.pagination.total).toBe(page.contacts.length);
  expect(page.contacts).toEqual(page.contacts.toSorted(byNewest));
  const contacts = page.contacts.map(({ id: _id, contact_id: _contactId, ...contact }) => {
    const stored = members.find(isAt(contact));
    return {
      ...contact,
      made_by: numberOf(stored?.import_id ?? null),
      changed_by: (stored?.changed_import_ids ?? []).map((id) => numbers.get(id) ?? -1).toSorted((a, b) => a - b),
      contact_made_by: numberOf(stored?.contact_import_id ?? null),
    };
  });
  return {
    contacts: contacts.toSorted(byPlace),
    numbers: await readNumbers(sql, account),
    lists: lists.lists.map(({ id, phone_number: number, contact_count: count }) => ({
      id,
      phone_number: number,
      contact_count: count,
    })),
    // The latest is the first.
    offers: offers.offers.map(({ import_id: id, ...offer }) => ({ ...offer, made_by: numberOf(id) })).toReversed(),
    offer_indexes: await readOfferIndexes(),
    messages: messages.map(({ import_id: id, ...message }) => ({ ...message, made_by: numberOf(id) })),
    revenue: (await readRevenue())
      .map(({ import_id: id, ...row }) => ({ ...row, made_by: numbers.get(id) ?? -1 }))
      .toSorted((a, b) => a.made_by - b.made_by || a.record_index - b.record_index),
  };

  async function readOfferIndexes(): Promise<Record<string, number | null>> {
    const { rows } = await sql.query<{ id: string; index: number | null }>(
      'SELECT public_id AS id, record_index AS index FROM offers WHERE account_id = $1',
      [account.id],
    );
    return Object.fromEntries(rows.map(({ id, index }) => [id, index]));
  }

  async function readRevenue(): Promise<{ import_id: string; record_index: number }[]> {
    const { rows } = await sql.query<{ import_id: string; record_index: number }>(
      `SELECT
         message.public_id AS message_id, offer.public_id AS offer_id, list.list_number AS list, contact.phone_number AS to,
         record.revenue::text, record.payout::text, record.attribution_type,
         to_char(record.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS occurred_at,
         record.import_id, record.record_index
       FROM revenue_records AS record
       LEFT JOIN messages AS message ON message.account_id = record.account_id AND message.id = record.message_id
       LEFT JOIN offers AS offer ON offer.account_id = record.account_id AND offer.id = record.offer_id
       LEFT JOIN list_contacts AS member
         ON member.account_id = record.account_id AND member.id = record.list_contact_id
       LEFT JOIN contacts AS contact ON contact.account_id = member.account_id AND contact.id = member.contact_id
       LEFT JOIN sending_lists AS list ON list.account_id = member.account_id AND list.id = member.sending_list_id
       WHERE record.account_id = $1`,
      [account.id],
    );
    return rows;
  }
}

/** The contacts on lists that were made by none of the records that may have made them. */
export async function readWrongMakers(
  { stack, account }: Reading,
  state: Readonly<State>,
): Promise<StoredListContact[]> {
  const all = await readListContacts(stack.database.sql, account);
  return all.filter((stored) => {
    const member = state.members.find(({ list, phone }) => isAt({ list_number: list, phone_number: phone })(stored));
    const contact = state.contacts.find(({ phone }) => phone === stored.phone_number);
    return !isAmong(member?.maker, stored.record_index) || !isAmong(contact?.maker, stored.contact_record_index);
  });
}

function isAmong(maker: Maker | undefined, index: number | null): boolean {
  if (index === null) return maker?.import === NOBODY;
  return maker !== undefined && maker.indexes.includes(index);
}

function isAt(contact: Pick<ListedContact, 'list_number' | 'phone_number'>): (stored: StoredListContact) => boolean {
  return (stored) => stored.list_number === contact.list_number && stored.phone_number === contact.phone_number;
}

/** The latest sign-up first; those whose date is not known come last. */
function byNewest(a: ListedContact, b: ListedContact): number {
  const [left, right] = [a.signup_date ?? '', b.signup_date ?? ''];
  if (left !== right) return left < right ? 1 : -1;
  return b.id - a.id;
}
