import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type pg from 'pg';

import type { Account } from '../../lab/catalog.ts';
import { addMessages, GONE_CONTACT } from '../../support/catalog.ts';
import type { Site } from '../topology.ts';

const COMMAND = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url));
const ACCOUNT = 'topologies';
const CONTACTS = 500;
const OFFERS = 20;
const ORPHAN = 'message-orphan';

const run = promisify(execFile);

/**
 * Runs a command as an operator would.
 *
 * @returns what it printed
 * @throws with what it said, when it fails
 */
export async function runTrackly(settings: Record<string, string>, ...args: string[]): Promise<string> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, ...settings };
  return (await run(process.execPath, [COMMAND, ...args], { env })).stdout.trim();
}

/** Brings an empty database up to date, and makes an account with a catalog, all by the commands that operators use. */
export async function setUpByCommands(
  { settings, migrateSettings = settings }: Site,
  sql: pg.Pool,
  folder: string,
): Promise<Account> {
  const trackly = (...args: string[]) => runTrackly(settings, ...args);
  await runTrackly(migrateSettings, 'migrate');
  const apiKey = (await trackly('keys', 'create', '--account', ACCOUNT)).split('\n').at(-1) ?? '';

  const messages = Array.from(
    { length: CONTACTS },
    (_, index) => `message-${index},15550,+1555${1_000_000 + index},2025-01-01`,
  );
  const offers = Array.from({ length: OFFERS }, (_, index) => `offer-${index}`);
  const messagesFile = path.join(folder, 'messages.csv');
  const offersFile = path.join(folder, 'offers.csv');
  await writeFile(messagesFile, ['message_id,list_number,phone_number,sent_at', ...messages].join('\n'));
  await writeFile(offersFile, ['offer_id,name,external_id', ...offers.map((offer) => `${offer},An offer,`)].join('\n'));
  await trackly('catalog', 'load', '--account', ACCOUNT, '--messages', messagesFile, '--offers', offersFile);

  const { rows } = await sql.query<{ account: string; id: string; contactId: string }>(
    `SELECT account_id::text AS account, public_id AS id, list_contact_id::text AS "contactId" FROM messages ORDER BY id`,
  );
  const id = rows[0]?.account ?? '';
  if (rows.length !== CONTACTS) throw new Error(`The catalog has ${rows.length} messages, not ${CONTACTS}.`);
  await addMessages(sql, { id, apiKey }, [{ id: ORPHAN, listContactId: GONE_CONTACT }]);
  return {
    id,
    apiKey,
    messages: rows.map((row) => ({ id: row.id, contactId: row.contactId })),
    orphan: ORPHAN,
    offers,
    secrets: [apiKey, '+1555', 'message-'],
  };
}
