import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';

import { openDatabase, type Database } from '@trackly/db';
import { freePort } from '@trackly/runtime';
import { openServers } from '@trackly/servers';

import type { StackConfig } from '../config.ts';
import { startStack } from '../supervisor.ts';
import { expectFrom } from './expectation.ts';
import { CONTACTS, generateFiles, OFFERS, SENDS } from './generate.ts';
import { LIST_NUMBER } from './mistakes.ts';
import { runTrackly } from './trackly.ts';
import { findDifferences } from './verify.ts';

export interface DemoResult {
  /** A key of the account that the demo created. */
  apiKey: string;
  /** Differences between database and files; empty after correct imports. */
  differences: string[];
}

export interface DemoOptions {
  recordCount: number;
  /** Address of a running API whose workers use the configured servers. Undefined: start the services. */
  url: string | undefined;
}

/** Generates files, imports them and compares the result. Prints each step. */
export async function runDemo(config: StackConfig, { recordCount, url }: DemoOptions): Promise<DemoResult> {
  await using resources = new AsyncDisposableStack();
  const directory = path.resolve(config.DATA_DIR, 'demo');
  // Otherwise the importer would resume an earlier demo, which was for another account.
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });

  if (!url) say('Starting API, worker and ops, with PostgreSQL for records and queue');
  const servers = await openServers(config);
  resources.defer(() => servers.close());
  const db = openDatabase({ url: servers.databaseUrl, poolSize: 2, applicationName: 'trackly-demo' });
  resources.defer(() => db.$disconnect());
  const apiUrl = url ?? (await startServices(directory, resources));

  const counts = `${amount(CONTACTS)} contacts, ${amount(OFFERS)} offers, ${amount(SENDS)} sends`;
  say(`Writing a history: ${counts}, ${amount(recordCount)} records of revenue`);
  const files = await generateFiles(directory, recordCount, new Date());

  say('Creating an account with a key, and a list');
  const account = `demo ${new Date().toISOString()}`;
  const apiKey = (await runTrackly(['keys', 'create', '--account', account])).split('\n').at(-1) ?? '';
  await runTrackly(['lists', 'create', '--account', account, '--number', LIST_NUMBER]);

  const importFile = async (kind: string, file: string, ...options: string[]) => {
    say(`Importing ${path.basename(file)} over HTTP`);
    const service = ['--url', apiUrl, '--api-key', apiKey];
    const summary = await runTrackly(['import', kind, file, ...options, ...service]);
    process.stdout.write(`${withoutDetails(summary)}\n`);
  };
  await importFile('contacts', files.contacts);
  await importFile('offers', files.offers);
  await importFile('sends', files.sends);
  const accountId = await deleteContacts(db, account, files.gone);
  await importFile('revenue', files.revenue, '--default', 'timestamp=now');

  say('Comparing the database with the files');
  const differences = await findDifferences(db, accountId, await expectFrom(files, LIST_NUMBER));
  if (!url) say('Stopping everything');
  return { apiKey, differences };
}

/** Starts API, worker and ops, and returns the address of the API. */
async function startServices(directory: string, resources: AsyncDisposableStack): Promise<string> {
  const log = await open(path.join(directory, 'servers.log'), 'w');
  resources.defer(() => log.close());
  const stack = startStack({ host: '127.0.0.1', port: await freePort(), opsPort: await freePort(), output: log.fd });
  resources.defer(() => stack.stop());
  await stack.ready;
  return stack.url;
}

/** Deletes people past the API, which removes nobody as long as messages refer to them. Their messages stay. */
async function deleteContacts(db: Database, accountName: string, phoneNumbers: string[]): Promise<bigint> {
  const account = await db.account.findUniqueOrThrow({ where: { name: accountName } });
  const ofAccount = { accountId: account.id };
  const contacts = await db.contact.findMany({ where: { ...ofAccount, phoneNumber: { in: phoneNumbers } } });
  const where = { ...ofAccount, contactId: { in: contacts.map(({ id }) => id) } };
  const onList = await db.listContact.findMany({ where });
  await db.listContactDetails.deleteMany({
    where: { ...ofAccount, listContactId: { in: onList.map(({ id }) => id) } },
  });
  await db.listContact.deleteMany({ where });
  await db.contact.deleteMany({ where: { ...ofAccount, id: where.contactId } });
  return account.id;
}

/** The first part of the importer's summary: without what each line of the file is, and without the chart of times. */
function withoutDetails(summary: string): string {
  return summary.split('\nlines ', 1).join('');
}

function amount(count: number): string {
  return count.toLocaleString('en');
}

function say(step: string): void {
  process.stdout.write(`▸ ${step}\n`);
}
