import { createHash, randomBytes } from 'node:crypto';

import type pg from 'pg';

export interface TestAccount {
  id: string;
  apiKey: string;
}

/** Adds an account with an API key, which is its name as well unless it is to have another. */
export async function addAccount(sql: pg.Pool, name?: string): Promise<TestAccount> {
  const apiKey = `trk_${randomBytes(16).toString('hex')}`;
  const { rows } = await sql.query<{ id: string }>(
    `WITH account AS (INSERT INTO accounts (name) VALUES ($1) RETURNING id),
          api_key AS (INSERT INTO api_keys (account_id, key_hash, prefix) SELECT id, $2, $3 FROM account)
     SELECT id::text FROM account`,
    [name ?? apiKey, createHash('sha256').update(apiKey).digest(), apiKey.slice(0, 8)],
  );
  return { id: rows[0]?.id ?? '', apiKey };
}

/** The number of the list that contacts are on. */
export const CATALOG_LIST = '15550';

/** Adds contacts, all on one list, and returns their ids there. */
export async function addContacts(sql: pg.Pool, account: TestAccount, count: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `WITH list AS (
       INSERT INTO sending_lists (account_id, list_number) VALUES ($1, '${CATALOG_LIST}')
       ON CONFLICT (account_id, list_number) DO UPDATE SET list_number = '${CATALOG_LIST}'
       RETURNING id
     ),
     contact AS (
       INSERT INTO contacts (account_id, phone_number)
       SELECT $1, '+1555' || lpad(((SELECT count(*) FROM contacts) + number)::text, 7, '0') FROM generate_series(1, $2::integer) AS number
       RETURNING id
     )
     INSERT INTO list_contacts (account_id, sending_list_id, contact_id)
     SELECT $1, list.id, contact.id FROM list, contact
     RETURNING id::text`,
    [account.id, count],
  );
  return rows.map(({ id }) => id);
}

/** Of a contact that is not there: a message to it is an orphan. */
export const GONE_CONTACT = '999999999';

export interface TestMessage {
  id: string;
  /** Of {@link addContacts}, or {@link GONE_CONTACT}. */
  listContactId: string;
}

export async function addMessages(sql: pg.Pool, account: TestAccount, messages: TestMessage[]): Promise<void> {
  await sql.query(
    `INSERT INTO messages (account_id, public_id, list_contact_id, sent_at)
     SELECT $1, message.id, message."listContactId", '2025-01-01'
     FROM json_to_recordset($2) AS message (id text, "listContactId" bigint)`,
    [account.id, JSON.stringify(messages)],
  );
  await countMessages(sql, account.id);
}

/**
 * Sets the stats of all contacts of an account to what its messages add up to. In a database before there were such stats,
 * the migration does that.
 */
export async function countMessages(sql: pg.Pool | pg.Client, accountId: string): Promise<void> {
  const { rowCount } = await sql.query(
    `SELECT FROM pg_attribute WHERE attrelid = 'list_contacts'::regclass AND attname = 'send_count'`,
  );
  if (rowCount === 0) return;
  await sql.query(
    `UPDATE list_contacts
     SET send_count = sent.count, last_sent_at = sent.last_at
     FROM (
       SELECT list_contact_id, count(*), max(sent_at) AS last_at FROM messages WHERE account_id = $1 GROUP BY list_contact_id
     ) AS sent
     WHERE list_contacts.account_id = $1 AND list_contacts.id = sent.list_contact_id`,
    [accountId],
  );
}

export interface TestOffer {
  id: string;
  externalId?: string | undefined;
}

export async function addOffers(sql: pg.Pool, account: TestAccount, offers: TestOffer[]): Promise<void> {
  await sql.query(
    `INSERT INTO offers (account_id, public_id, name, external_id)
     SELECT $1, offer.id, 'An offer', offer."externalId"
     FROM json_to_recordset($2) AS offer (id text, "externalId" text)`,
    [account.id, JSON.stringify(offers)],
  );
}

/** Adds an account whose messages m0, m1 and m2 reached a contact each, whose message `orphan` has none any more, and
 * whose offer o0 is also known as x0. */
export async function addSmallCatalog(sql: pg.Pool, name?: string): Promise<TestAccount> {
  const account = await addAccount(sql, name);
  const contacts = await addContacts(sql, account, 3);
  const messages = contacts.map((listContactId, index) => ({ id: `m${index}`, listContactId }));
  await addMessages(sql, account, [...messages, { id: 'orphan', listContactId: GONE_CONTACT }]);
  await addOffers(sql, account, [{ id: 'o0', externalId: 'x0' }]);
  return account;
}

export interface StoredRecord {
  record_index: number;
  message_id: string;
  offer_id: string;
  revenue: string;
  payout: string | null;
  attribution_type: string;
  occurred_at: string;
}

/** The rows of an import by index, with the public ids, exact amounts, and times in UTC to the microsecond. */
export async function readStoredRecords(sql: pg.Pool, importId: string): Promise<StoredRecord[]> {
  const { rows } = await sql.query<StoredRecord>(
    `SELECT
       record.record_index, message.public_id AS message_id, offer.public_id AS offer_id,
       record.revenue::text, record.payout::text, record.attribution_type,
       to_char(record.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS occurred_at
     FROM revenue_records AS record
     JOIN messages AS message ON message.account_id = record.account_id AND message.id = record.message_id
     JOIN offers AS offer ON offer.account_id = record.account_id AND offer.id = record.offer_id
     WHERE record.import_id = $1
     ORDER BY record.record_index`,
    [importId],
  );
  return rows;
}

/** When an import was accepted, in UTC to the microsecond. */
export async function readAcceptedAt(sql: pg.Pool, importId: string): Promise<string> {
  const { rows } = await sql.query<{ at: string }>(
    `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM imports WHERE id = $1`,
    [importId],
  );
  return rows[0]?.at ?? '';
}
