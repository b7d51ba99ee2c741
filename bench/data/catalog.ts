import { createHash, hash } from 'node:crypto';

import type pg from 'pg';

import { countMessages } from '../../test/support/catalog.ts';
import { HOT_CONTACTS } from './sizes.ts';

/** How the messages, and with them the records, are spread over the contacts. */
export type Spread =
  /** A few contacts have many, most have few: by Zipf's law with exponent 0.6. */
  | 'lifelike'
  | 'even'
  /** All are those of 200 contacts. */
  | 'hot';

export interface CatalogSize {
  messages: number;
  contacts: number;
  offers: number;
}

export interface BenchAccount extends CatalogSize {
  id: number;
  name: string;
  apiKey: string;
}

/** Messages besides the others, whose contact is gone. */
export const GONE_MESSAGES = 1_000;
const GONE_CONTACT = 1_000_000_000;

/** The offer whose external id is another's own id: it must not be found under it. */
const SHADOWED_OFFER = 7;

const LISTS = 3;

/** A number without a common factor with any number of contacts that we use: neighbours in rank are none on disk. */
const SCATTER = 7_919;

/** The id of the message of a number, in the form of a UUID, for they are spread over an index as those are. */
export function messageIdOf(number: number): string {
  const text = hash('md5', `message ${number}`);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

export function offerIdOf(number: number): string {
  return `offer-${number}`;
}

/** What the offer is known by elsewhere; of one that is not, its own id. */
export function externalIdOf(number: number): string {
  return number === SHADOWED_OFFER ? offerIdOf(number) : `partner-${number}`;
}

/** The contact's rank from 0, for a number from 0 to 1. */
const RANK: Record<Spread, string> = {
  lifelike: 'floor(contacts * power(share, 2.5))',
  even: 'floor(contacts * share)',
  hot: `floor(${HOT_CONTACTS} * share)`,
};

/** Adds an account with a key and everything that records refer to, set by set; the same every time. */
export async function addCatalog(client: pg.Client, account: BenchAccount, spread: Spread): Promise<void> {
  const { id, name, apiKey, messages, contacts, offers } = account;
  const run = (sql: string, ...values: unknown[]) => client.query(sql, [id, ...values]);

  await run('INSERT INTO accounts (id, name) VALUES ($1, $2)', name);
  await run(
    'INSERT INTO api_keys (account_id, key_hash, prefix) VALUES ($1, $2, $3)',
    createHash('sha256').update(apiKey).digest(),
    apiKey.slice(0, 8),
  );
  await run(
    `INSERT INTO sending_lists (account_id, id, list_number)
     SELECT $1, number, '+1555' || lpad(number::text, 4, '0') FROM generate_series(1, $2::bigint) AS number`,
    LISTS,
  );
  await run(
    `INSERT INTO contacts (account_id, id, phone_number)
     SELECT $1, number, '+1556' || lpad(number::text, 7, '0') FROM generate_series(1, $2::bigint) AS number`,
    contacts,
  );
  await run(
    `INSERT INTO list_contacts (account_id, id, sending_list_id, contact_id)
     SELECT $1, number, 1 + number % ${LISTS}, number FROM generate_series(1, $2::bigint) AS number`,
    contacts,
  );
  await run(
    `INSERT INTO offers (account_id, public_id, name, external_id)
     SELECT $1, 'offer-' || number, 'Offer ' || number,
       CASE number WHEN ${SHADOWED_OFFER} THEN 'offer-9' ELSE 'partner-' || number END
     FROM generate_series(1, $2::bigint) AS number`,
    offers,
  );
  await run(
    `INSERT INTO messages (account_id, id, public_id, list_contact_id, sent_at)
     SELECT
       $1, number, md5('message ' || number)::uuid,
       CASE
         WHEN number <= messages THEN 1 + (${RANK[spread]}::bigint * ${SCATTER}) % contacts
         ELSE ${GONE_CONTACT} + number
       END,
       timestamptz '2020-11-01' + number * interval '5 years' / messages
     FROM (
       SELECT
         $2::bigint AS messages, $3::bigint AS contacts, number,
         (hashint8extended(number, 1) & 2147483647) / 2147483648.0::float8 AS share
       FROM generate_series(1, $2::bigint + ${GONE_MESSAGES}) AS number
     ) AS message`,
    messages,
    contacts,
  );
  await countMessages(client, String(id));
}
