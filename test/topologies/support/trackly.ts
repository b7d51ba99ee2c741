import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { PRIVATE_TEXT, type Account } from '../../lab/catalog.ts';
import type { Product } from '../../lab/product.ts';
import { addMessages, GONE_CONTACT } from '../../support/catalog.ts';
import type { Site } from '../topology.ts';

const COMMAND = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url));
const ACCOUNT = 'topologies';
const LIST_NUMBER = '15550';
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

/**
 * Brings an empty database up to date, and makes an account with a list, by the commands that operators use.
 *
 * @returns the account's key
 */
export async function setUpByCommands({ settings, migrateSettings = settings }: Site): Promise<string> {
  const trackly = (...args: string[]) => runTrackly(settings, ...args);
  await runTrackly(migrateSettings, 'migrate');
  const apiKey = (await trackly('keys', 'create', '--account', ACCOUNT)).split('\n').at(-1) ?? '';
  await trackly('lists', 'create', '--account', ACCOUNT, '--number', LIST_NUMBER);
  return apiKey;
}

/** Imports what revenue refers to, by the commands that customers use. @returns the account with all that it has */
export async function importByCommands(
  apiKey: string,
  { url, sql }: Pick<Product, 'url' | 'sql'>,
  folder: string,
): Promise<Account> {
  const importFile = (kind: string, file: string) =>
    runTrackly({ TRACKLY_URL: url, TRACKLY_API_KEY: apiKey }, 'import', kind, file);
  const sends = Array.from(
    { length: CONTACTS },
    (_, index) => `message-${index},${LIST_NUMBER},+1555${1_000_000 + index},2025-01-01`,
  );
  const offers = Array.from({ length: OFFERS }, (_, index) => `offer-${index}`);
  const sendsFile = path.join(folder, 'sends.csv');
  const offersFile = path.join(folder, 'offers.csv');
  await writeFile(sendsFile, ['id,list_number,to_number,timestamp', ...sends].join('\n'));
  await writeFile(offersFile, ['id,name', ...offers.map((offer) => `${offer},An offer`)].join('\n'));
  await importFile('offers', offersFile);
  await importFile('sends', sendsFile);

  const { rows } = await sql.query<{ account: string; id: string; contactId: string; number: string }>(
    `SELECT
       messages.account_id::text AS account, public_id AS id, list_contact_id::text AS "contactId", phone_number AS number
     FROM messages
     JOIN list_contacts ON list_contacts.account_id = messages.account_id AND list_contacts.id = list_contact_id
     JOIN contacts ON contacts.account_id = messages.account_id AND contacts.id = contact_id
     ORDER BY messages.id`,
  );
  const id = rows[0]?.account ?? '';
  if (rows.length !== CONTACTS) throw new Error(`There are ${rows.length} messages, not ${CONTACTS}.`);
  await addMessages(sql, { id, apiKey }, [{ id: ORPHAN, listContactId: GONE_CONTACT }]);
  const imports = await sql.query<{ id: string }>('SELECT id::text FROM imports WHERE account_id = $1', [id]);
  return {
    id,
    apiKey,
    lists: [LIST_NUMBER],
    messages: rows.map((row) => ({ id: row.id, contactId: row.contactId, contact: `${LIST_NUMBER}:${row.number}` })),
    orphan: ORPHAN,
    offers,
    importIds: imports.rows.map((row) => row.id),
    secrets: [apiKey, '+1555', 'message-', 'sent-of-', PRIVATE_TEXT],
  };
}
