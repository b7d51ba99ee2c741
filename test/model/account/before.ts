import type pg from 'pg';

import { LISTS, person } from '../../sends/support.ts';
import { addAccount, countMessages, type TestAccount } from '../../support/catalog.ts';
import { NOBODY, type State } from './state.ts';

const [LIST = ''] = LISTS;
const MADE_AT = '2024-06-01T00:00:00.000Z';
const maker = { import: NOBODY, indexes: [] };
const LONELY = { phone: person(3), maker };
const LISTED = { phone: person(4), maker };
const OFFER = { id: 'live', name: 'An offer', externalId: 'o3' };
const MESSAGE = { id: 'live', sentAt: '2025-02-01T10:00:00.000Z' };

/** What an account has before all imports, beside its lists: a contact on a list with a message, one on none, and an offer. */
export function stateBefore(lists: ReadonlyMap<number, string>): State {
  const nobody = { import: NOBODY, index: null };
  const member = { ...LISTED, list: LIST, signupDate: null, signupMethod: null, ipAddress: null, url: null };
  const offer = { ...OFFER, trackingUrl: null, payout: 0, status: 'active', acceptedAt: MADE_AT };
  const message = { ...MESSAGE, list: LIST, to: LISTED.phone, sendType: null, delivered: null, length: null };
  return {
    lists: new Map(lists),
    contacts: [structuredClone(LONELY), structuredClone(LISTED)],
    members: [{ ...structuredClone(member), customFields: {}, changedBy: [] }],
    offers: [{ ...offer, ...nobody }],
    messages: [{ ...message, ...nobody }],
    revenue: [],
  };
}

/** Adds an account with what {@link stateBefore} says. */
export async function addAccountBefore(sql: pg.Pool): Promise<{ account: TestAccount; lists: Map<number, string> }> {
  const account = await addAccount(sql);
  const { rows: lists } = await sql.query<{ id: string; number: string }>(
    `INSERT INTO sending_lists (account_id, list_number) SELECT $1, unnest($2::text[])
     RETURNING id::text, list_number AS number`,
    [account.id, LISTS],
  );
  await sql.query(
    `WITH contact AS (
       INSERT INTO contacts (account_id, phone_number) SELECT $1, unnest($2::text[]) RETURNING id, phone_number
     ),
     member AS (
       INSERT INTO list_contacts (account_id, contact_id, sending_list_id)
       SELECT $1, contact.id, list.id
       FROM contact, sending_lists AS list
       WHERE phone_number = $3 AND list.account_id = $1 AND list_number = $4
       RETURNING id
     )
     INSERT INTO messages (account_id, public_id, list_contact_id, sent_at) SELECT $1, $5, id, $6 FROM member`,
    [account.id, [LONELY.phone, LISTED.phone], LISTED.phone, LIST, MESSAGE.id, MESSAGE.sentAt],
  );
  await countMessages(sql, account.id);
  await sql.query(
    'INSERT INTO offers (account_id, public_id, name, external_id, created_at) VALUES ($1, $2, $3, $4, $5)',
    [account.id, OFFER.id, OFFER.name, OFFER.externalId, MADE_AT],
  );
  return { account, lists: new Map(lists.map(({ id, number }) => [Number(id), number])) };
}
