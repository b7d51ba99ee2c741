import pg from 'pg';

import { ContradictionError, stageMessages, stageOffers, type MessageRow, type OfferRow } from './stage-catalog.ts';

/** The rows of the files that are given. */
export interface CatalogFiles {
  messages?: AsyncIterable<MessageRow> | undefined;
  offers?: AsyncIterable<OfferRow> | undefined;
}

/** What became of the rows of a file. */
export interface Loaded {
  added: number;
  /** Rows that are the same as an earlier one. */
  repeated: number;
  /** Rows whose id was there before with other values, which stay. */
  differing: number;
  /** Where the first of them is in the file. */
  firstDiffering: number | undefined;
}

export interface LoadedFiles {
  messages?: Loaded | undefined;
  offers?: Loaded | undefined;
}

/**
 * Adds offers, and messages with the lists and contacts that they name, unless they exist: all of both files or, after an
 * error, nothing.
 *
 * @throws ContradictionError if two rows have one id, but are not the same, or two offers have one external id
 */
export async function loadCatalog(url: string, accountId: bigint, files: CatalogFiles): Promise<LoadedFiles> {
  return inTransaction(url, async (client) => {
    // Both files are read and checked before anything waits for the lock.
    const repeatedOffers = files.offers && (await stageOffers(client, files.offers));
    const repeatedMessages = files.messages && (await stageMessages(client, files.messages));
    await waitForTurn(client, accountId);
    return {
      offers: repeatedOffers === undefined ? undefined : await addOffers(client, accountId, repeatedOffers),
      messages: repeatedMessages === undefined ? undefined : await addMessages(client, accountId, repeatedMessages),
    };
  });
}

async function addOffers(client: pg.Client, accountId: bigint, repeated: number): Promise<Loaded> {
  await checkExternalIdsOfLoaded(client, accountId);
  const differing = await findDiffering(
    client,
    `SELECT line
     FROM offer_row AS row
     JOIN offers ON offers.account_id = $1 AND offers.public_id = row.offer_id
     WHERE (offers.name, offers.external_id) IS DISTINCT FROM (row.name, row.external_id)`,
    accountId,
  );
  const { rowCount } = await client.query(
    `INSERT INTO offers (account_id, public_id, name, external_id)
     SELECT $1::bigint, offer_id, name, external_id FROM offer_row
     ON CONFLICT (account_id, public_id) DO NOTHING`,
    [accountId],
  );
  await client.query('ANALYZE offers');
  return { added: rowCount ?? 0, repeated, ...differing };
}

async function addMessages(client: pg.Client, accountId: bigint, repeated: number): Promise<Loaded> {
  // The contact of a message may be gone.
  const differing = await findDiffering(
    client,
    `SELECT line
     FROM message_row AS row
     JOIN messages ON messages.account_id = $1 AND messages.public_id = row.message_id
     LEFT JOIN list_contacts ON list_contacts.account_id = $1 AND list_contacts.id = messages.list_contact_id
     LEFT JOIN sending_lists ON sending_lists.account_id = $1 AND sending_lists.id = list_contacts.sending_list_id
     LEFT JOIN contacts ON contacts.account_id = $1 AND contacts.id = list_contacts.contact_id
     WHERE (sending_lists.list_number, contacts.phone_number, messages.sent_at)
       IS DISTINCT FROM (row.list_number, row.phone_number, row.sent_at)`,
    accountId,
  );
  await client.query(
    `INSERT INTO sending_lists (account_id, list_number)
     SELECT DISTINCT $1::bigint, list_number FROM message_row
     ON CONFLICT (account_id, list_number) DO NOTHING`,
    [accountId],
  );
  await client.query(
    `INSERT INTO contacts (account_id, phone_number)
     SELECT DISTINCT $1::bigint, phone_number FROM message_row
     ON CONFLICT (account_id, phone_number) DO NOTHING`,
    [accountId],
  );
  await client.query('ANALYZE sending_lists, contacts');
  await client.query(
    `INSERT INTO list_contacts (account_id, sending_list_id, contact_id)
     SELECT DISTINCT $1::bigint, sending_lists.id, contacts.id
     FROM message_row AS row
     JOIN sending_lists ON sending_lists.account_id = $1 AND sending_lists.list_number = row.list_number
     JOIN contacts ON contacts.account_id = $1 AND contacts.phone_number = row.phone_number
     ON CONFLICT (account_id, sending_list_id, contact_id) DO NOTHING`,
    [accountId],
  );
  await client.query('ANALYZE list_contacts');
  const { rowCount } = await client.query(
    `INSERT INTO messages (account_id, public_id, list_contact_id, sent_at)
     SELECT $1::bigint, row.message_id, list_contacts.id, row.sent_at
     FROM message_row AS row
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
  await countMessages(client, accountId);
  return { added: rowCount ?? 0, repeated, ...differing };
}

/** Chunks of sends and revenue change the same contacts, in the account's turn. */
async function countMessages(client: pg.Client, accountId: bigint): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('contact-stats', $1))`, [accountId]);
  await client.query(
    `UPDATE list_contacts
     SET send_count = sent.count, last_sent_at = sent.last_at
     FROM (
       SELECT list_contact_id, count(*), max(sent_at) AS last_at FROM messages WHERE account_id = $1 GROUP BY list_contact_id
     ) AS sent
     WHERE list_contacts.account_id = $1
       AND list_contacts.id = sent.list_contact_id
       AND (list_contacts.send_count, list_contacts.last_sent_at) IS DISTINCT FROM (sent.count, sent.last_at)`,
    [accountId],
  );
}

/** @param lines a query of the lines whose id is in the database with other values */
async function findDiffering(
  client: pg.Client,
  lines: string,
  accountId: bigint,
): Promise<Pick<Loaded, 'differing' | 'firstDiffering'>> {
  const { rows } = await client.query<{ count: string; first: string | null }>(
    `SELECT count(*), min(line) AS first FROM (${lines}) AS differing`,
    [accountId],
  );
  const { count = '0', first = null } = rows[0] ?? {};
  return { differing: Number(count), firstDiffering: first === null ? undefined : Number(first) };
}

/** @throws ContradictionError if an offer of the file has the external id of another that was loaded before */
async function checkExternalIdsOfLoaded(client: pg.Client, accountId: bigint): Promise<void> {
  const { rows } = await client.query<{ id: string; line: string }>(
    `SELECT row.external_id AS id, row.line
     FROM offer_row AS row
     JOIN offers ON offers.account_id = $1 AND offers.external_id = row.external_id AND offers.public_id <> row.offer_id
     WHERE NOT EXISTS (SELECT FROM offers AS own WHERE own.account_id = $1 AND own.public_id = row.offer_id)
     ORDER BY row.line LIMIT 1`,
    [accountId],
  );
  const [found] = rows;
  if (found) throw new ContradictionError('offers', `external_id ${found.id}`, Number(found.line));
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
    // The rows of a large file are sorted and joined in memory.
    await client.query(`SET LOCAL work_mem = '128MB'`);
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
