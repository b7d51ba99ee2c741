import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export interface MessageRow {
  /** Where the row is in its file. */
  line: number;
  messageId: string;
  listNumber: string;
  phoneNumber: string;
  /** In UTC: `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`. */
  sentAt: string;
}

export interface OfferRow {
  /** Where the row is in its file. */
  line: number;
  offerId: string;
  name: string;
  externalId: string | null;
}

/** Two rows of a file, or a row and what was loaded before, say different things of the same. */
export class ContradictionError extends Error {
  readonly file: 'messages' | 'offers';
  readonly line: number;
  /** Undefined if the other is not in the file. */
  readonly earlierLine: number | undefined;

  /** @param what they have in common */
  constructor(file: 'messages' | 'offers', what: string, line: number, earlierLine?: number) {
    super(what);
    this.file = file;
    this.line = line;
    this.earlierLine = earlierLine;
  }
}

/** Rows per write to the server. */
const ROWS_PER_WRITE = 500;

/**
 * Copies messages into the temporary table `message_row`, and leaves one of those that are the same.
 *
 * @returns the number of those that it has left out
 * @throws ContradictionError if two rows have one id, but are not the same
 */
export async function stageMessages(client: pg.Client, rows: AsyncIterable<MessageRow>): Promise<number> {
  await client.query(
    `CREATE TEMPORARY TABLE message_row (
       line bigint, message_id text, list_number text, phone_number text, sent_at timestamptz
     ) ON COMMIT DROP`,
  );
  await copyRows(client, 'message_row', rows, (row) => [
    String(row.line),
    row.messageId,
    row.listNumber,
    row.phoneNumber,
    row.sentAt,
  ]);
  return removeRepeated(client, 'messages', 'message_row', 'message_id', ['list_number', 'phone_number', 'sent_at']);
}

/**
 * Copies offers into the temporary table `offer_row`, and leaves one of those that are the same.
 *
 * @returns the number of those that it has left out
 * @throws ContradictionError if two rows have one id, but are not the same, or two offers have one external id
 */
export async function stageOffers(client: pg.Client, rows: AsyncIterable<OfferRow>): Promise<number> {
  await client.query(
    'CREATE TEMPORARY TABLE offer_row (line bigint, offer_id text, name text, external_id text) ON COMMIT DROP',
  );
  await copyRows(client, 'offer_row', rows, (row) => [String(row.line), row.offerId, row.name, row.externalId]);
  const repeated = await removeRepeated(client, 'offers', 'offer_row', 'offer_id', ['name', 'external_id']);
  await checkExternalIds(client);
  return repeated;
}

/** Streams rows into a temporary table, and analyzes it so that later statements are planned for its size. */
async function copyRows<Row>(
  client: pg.Client,
  table: string,
  rows: AsyncIterable<Row>,
  toCells: (row: Row) => (string | null)[],
): Promise<void> {
  async function* lines() {
    let pending: string[] = [];
    for await (const row of rows) {
      if (pending.push(toCells(row).map(toCsvCell).join(',')) < ROWS_PER_WRITE) continue;
      yield `${pending.join('\n')}\n`;
      pending = [];
    }
    if (pending.length > 0) yield `${pending.join('\n')}\n`;
  }
  await pipeline(Readable.from(lines()), client.query(copyFrom(`COPY ${table} FROM STDIN (FORMAT csv)`)));
  await client.query(`ANALYZE ${table}`);
}

function toCsvCell(value: string | null): string {
  return value === null ? '' : `"${value.replaceAll('"', '""')}"`;
}

/**
 * Leaves the first of the rows that are the same. Rows are told apart by their place in the table, which is that in the
 * file: several objects of a JSON file may be on one line.
 *
 * @throws ContradictionError if rows with the same id differ in another column
 */
async function removeRepeated(
  client: pg.Client,
  file: 'messages' | 'offers',
  table: string,
  id: string,
  others: readonly string[],
): Promise<number> {
  const differ = others.map((column) => `earlier.${column} IS DISTINCT FROM later.${column}`).join(' OR ');
  const repeated = `repeated_${table}`;
  await client.query(
    `CREATE TEMPORARY TABLE ${repeated} ON COMMIT DROP AS
     SELECT ${id} AS id, min(ctid) AS place FROM ${table} GROUP BY ${id} HAVING count(*) > 1`,
  );
  const { rows } = await client.query<{ id: string; earlier: string; line: string }>(
    `SELECT repeated.id, earlier.line AS earlier, later.line
     FROM ${repeated} AS repeated
     JOIN ${table} AS earlier ON earlier.${id} = repeated.id AND earlier.ctid = repeated.place
     JOIN ${table} AS later ON later.${id} = repeated.id
     WHERE ${differ}
     ORDER BY later.ctid
     LIMIT 1`,
  );
  const [found] = rows;
  if (found) throw new ContradictionError(file, `${id} ${found.id}`, Number(found.line), Number(found.earlier));
  const { rowCount } = await client.query(
    `DELETE FROM ${table} AS row USING ${repeated} AS repeated WHERE row.${id} = repeated.id AND row.ctid <> repeated.place`,
  );
  return rowCount ?? 0;
}

/** @throws ContradictionError if two offers of the file have one external id */
async function checkExternalIds(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ id: string; lines: string[] }>(
    `SELECT external_id AS id, (array_agg(line ORDER BY line))[1:2] AS lines
     FROM offer_row WHERE external_id IS NOT NULL
     GROUP BY external_id HAVING count(*) > 1
     ORDER BY 2 LIMIT 1`,
  );
  const [found] = rows;
  if (!found) return;
  throw new ContradictionError('offers', `external_id ${found.id}`, Number(found.lines[1]), Number(found.lines[0]));
}
