import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export interface MessageRow {
  /** Where the row is in its file. */
  line: number;
  messageId: string;
  listNumber: string;
  phoneNumber: string;
  /** An ISO 8601 timestamp with its zone. */
  sentAt: string;
}

export interface OfferRow {
  /** Where the row is in its file. */
  line: number;
  offerId: string;
  name: string;
  externalId: string | null;
}

/** What became of the rows of a file. */
export interface Loaded {
  added: number;
  /** Rows that are the same as an earlier one. */
  repeated: number;
}

/** Two rows of a file, or a row and what was loaded before, say different things of the same. */
export class ContradictionError extends Error {
  readonly line: number;
  /** Undefined if the other is not in the file. */
  readonly earlierLine: number | undefined;

  /** @param what they have in common */
  constructor(what: string, line: number, earlierLine?: number) {
    super(what);
    this.line = line;
    this.earlierLine = earlierLine;
  }
}

/** Rows per write to the server. */
const ROWS_PER_WRITE = 500;

/**
 * Adds messages, with the lists and contacts that they name, unless they exist: all of them or, after an error, none.
 *
 * @throws ContradictionError if two rows have one id, but are not the same
 */
export async function loadMessages(url: string, accountId: bigint, rows: AsyncIterable<MessageRow>): Promise<Loaded> {
  return inTransaction(url, async (client) => {
    await client.query(
      `CREATE TEMPORARY TABLE row (
         line bigint, message_id text, list_number text, phone_number text, sent_at timestamptz
       ) ON COMMIT DROP`,
    );
    await copyRows(client, rows, (row) => [
      String(row.line),
      row.messageId,
      row.listNumber,
      row.phoneNumber,
      row.sentAt,
    ]);
    const repeated = await removeRepeated(client, 'message_id', ['list_number', 'phone_number', 'sent_at']);

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
    return { added: rowCount ?? 0, repeated };
  });
}

/**
 * Adds offers unless they exist: all of them or, after an error, none.
 *
 * @throws ContradictionError if two rows have one id, but are not the same, or two offers have one external id
 */
export async function loadOffers(url: string, accountId: bigint, rows: AsyncIterable<OfferRow>): Promise<Loaded> {
  return inTransaction(url, async (client) => {
    await client.query(
      'CREATE TEMPORARY TABLE row (line bigint, offer_id text, name text, external_id text) ON COMMIT DROP',
    );
    await copyRows(client, rows, (row) => [String(row.line), row.offerId, row.name, row.externalId]);
    const repeated = await removeRepeated(client, 'offer_id', ['name', 'external_id']);
    await checkExternalIds(client);
    await waitForTurn(client, accountId);
    await checkExternalIdsOfLoaded(client, accountId);
    const { rowCount } = await client.query(
      `INSERT INTO offers (account_id, public_id, name, external_id)
       SELECT $1::bigint, offer_id, name, external_id FROM row
       ON CONFLICT (account_id, public_id) DO NOTHING`,
      [accountId],
    );
    await client.query('ANALYZE offers');
    return { added: rowCount ?? 0, repeated };
  });
}

/**
 * Leaves one of the rows that are the same.
 *
 * @throws ContradictionError if rows with the same id differ in another column
 */
async function removeRepeated(client: pg.Client, id: string, others: readonly string[]): Promise<number> {
  const differ = others.map((column) => `earlier.${column} IS DISTINCT FROM later.${column}`).join(' OR ');
  await client.query(
    `CREATE TEMPORARY TABLE repeated ON COMMIT DROP AS
     SELECT ${id} AS id, min(line) AS line FROM row GROUP BY ${id} HAVING count(*) > 1`,
  );
  const { rows } = await client.query<{ id: string; earlier: string; line: string }>(
    `SELECT repeated.id, earlier.line AS earlier, later.line
     FROM repeated
     JOIN row AS earlier ON earlier.${id} = repeated.id AND earlier.line = repeated.line
     JOIN row AS later ON later.${id} = repeated.id
     WHERE ${differ}
     ORDER BY later.line
     LIMIT 1`,
  );
  const [found] = rows;
  if (found) throw new ContradictionError(`${id} ${found.id}`, Number(found.line), Number(found.earlier));
  const { rowCount } = await client.query(
    `DELETE FROM row USING repeated WHERE row.${id} = repeated.id AND row.line > repeated.line`,
  );
  return rowCount ?? 0;
}

/** @throws ContradictionError if two offers of the file have one external id */
async function checkExternalIds(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ id: string; lines: string[] }>(
    `SELECT external_id AS id, (array_agg(line ORDER BY line))[1:2] AS lines
     FROM row WHERE external_id IS NOT NULL
     GROUP BY external_id HAVING count(*) > 1
     ORDER BY 2 LIMIT 1`,
  );
  const [found] = rows;
  if (found) throw new ContradictionError(`external_id ${found.id}`, Number(found.lines[1]), Number(found.lines[0]));
}

/** @throws ContradictionError if an offer of the file has the external id of another that was loaded before */
async function checkExternalIdsOfLoaded(client: pg.Client, accountId: bigint): Promise<void> {
  const { rows } = await client.query<{ id: string; line: string }>(
    `SELECT row.external_id AS id, row.line
     FROM row
     JOIN offers ON offers.account_id = $1 AND offers.external_id = row.external_id AND offers.public_id <> row.offer_id
     WHERE NOT EXISTS (SELECT FROM offers AS own WHERE own.account_id = $1 AND own.public_id = row.offer_id)
     ORDER BY row.line LIMIT 1`,
    [accountId],
  );
  const [found] = rows;
  if (found) throw new ContradictionError(`external_id ${found.id}`, Number(found.line));
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
