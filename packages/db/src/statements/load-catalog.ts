import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export interface MessageRow {
  messageId: string;
  listNumber: string;
  phoneNumber: string;
  /** An ISO 8601 timestamp with its zone. */
  sentAt: string;
}

export interface OfferRow {
  offerId: string;
  name: string;
  externalId: string | null;
}

/** Rows per write to the server. */
const ROWS_PER_WRITE = 500;

/**
 * Adds messages, with the lists and contacts that they name, unless they exist: all of them or, after an error, none.
 *
 * @returns the number of added messages
 */
export async function loadMessages(url: string, accountId: bigint, rows: AsyncIterable<MessageRow>): Promise<number> {
  return inTransaction(url, async (client) => {
    await client.query(
      `CREATE TEMPORARY TABLE row (message_id text, list_number text, phone_number text, sent_at timestamptz)
       ON COMMIT DROP`,
    );
    await copyRows(client, rows, (row) => [row.messageId, row.listNumber, row.phoneNumber, row.sentAt]);

    await waitForTurn(client, accountId);
    await client.query(
      `INSERT INTO sending_lists (account_id, list_number)
       SELECT DISTINCT $1::bigint, list_number FROM row
       ON CONFLICT (account_id, list_number) DO NOTHING`,
      [accountId],
    );
    await client.query(
      `INSERT INTO contacts (account_id, phone_number)
       SELECT DISTINCT $1::bigint, phone_number FROM row
       ON CONFLICT (account_id, phone_number) DO NOTHING`,
      [accountId],
    );
    await client.query('ANALYZE sending_lists, contacts');
    await client.query(
      `INSERT INTO list_contacts (account_id, sending_list_id, contact_id)
       SELECT DISTINCT $1::bigint, sending_lists.id, contacts.id
       FROM row
       JOIN sending_lists ON sending_lists.account_id = $1 AND sending_lists.list_number = row.list_number
       JOIN contacts ON contacts.account_id = $1 AND contacts.phone_number = row.phone_number
       ON CONFLICT (account_id, sending_list_id, contact_id) DO NOTHING`,
      [accountId],
    );
    await client.query('ANALYZE list_contacts');
    const { rowCount } = await client.query(
      `INSERT INTO messages (account_id, public_id, list_contact_id, sent_at)
       SELECT $1::bigint, row.message_id, list_contacts.id, row.sent_at
       FROM row
       JOIN sending_lists ON sending_lists.account_id = $1 AND sending_lists.list_number = row.list_number
       JOIN contacts ON contacts.account_id = $1 AND contacts.phone_number = row.phone_number
       JOIN list_contacts
         ON list_contacts.account_id = $1
         AND list_contacts.sending_list_id = sending_lists.id
         AND list_contacts.contact_id = contacts.id
       ON CONFLICT (account_id, public_id) DO NOTHING`,
      [accountId],
    );
    await client.query('ANALYZE messages');
    return rowCount ?? 0;
  });
}

/**
 * Adds offers unless they exist: all of them or, after an error, none.
 *
 * @returns the number of added offers
 */
export async function loadOffers(url: string, accountId: bigint, rows: AsyncIterable<OfferRow>): Promise<number> {
  return inTransaction(url, async (client) => {
    await client.query('CREATE TEMPORARY TABLE row (offer_id text, name text, external_id text) ON COMMIT DROP');
    await copyRows(client, rows, (row) => [row.offerId, row.name, row.externalId]);
    await waitForTurn(client, accountId);
    const { rowCount } = await client.query(
      `INSERT INTO offers (account_id, public_id, name, external_id)
       SELECT $1::bigint, offer_id, name, external_id FROM row
       ON CONFLICT (account_id, public_id) DO NOTHING`,
      [accountId],
    );
    await client.query('ANALYZE offers');
    return rowCount ?? 0;
  });
}

async function inTransaction<T>(url: string, load: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'trackly-catalog' });
  // A lost connection rejects the query under way. Without a listener, it would also end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN');
    // The role may have a statement timeout that is too short for a catalog.
    await client.query('SET LOCAL statement_timeout = 0');
    const result = await load(client);
    await client.query('COMMIT');
    return result;
  } finally {
    await client.end();
  }
}

/** Without this lock, two loads for one account that add the same rows in different orders would deadlock. */
async function waitForTurn(client: pg.Client, accountId: bigint): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('catalog', $1))`, [accountId]);
}

/** Streams rows into the temporary table, and analyzes it so that later statements are planned for its size. */
async function copyRows<Row>(client: pg.Client, rows: AsyncIterable<Row>, toCells: (row: Row) => (string | null)[]) {
  async function* lines() {
    let pending: string[] = [];
    for await (const row of rows) {
      if (pending.push(toCells(row).map(toCsvCell).join(',')) < ROWS_PER_WRITE) continue;
      yield `${pending.join('\n')}\n`;
      pending = [];
    }
    if (pending.length > 0) yield `${pending.join('\n')}\n`;
  }
  await pipeline(Readable.from(lines()), client.query(copyFrom('COPY row FROM STDIN (FORMAT csv)')));
  await client.query('ANALYZE row');
}

function toCsvCell(value: string | null): string {
  return value === null ? '' : `"${value.replaceAll('"', '""')}"`;
}
