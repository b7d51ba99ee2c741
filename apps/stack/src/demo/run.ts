import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';

import { openDatabase, type Database } from '@trackly/db';
import { freePort } from '@trackly/runtime';
import { openServers } from '@trackly/servers';

import type { StackConfig } from '../config.ts';
import { startStack } from '../supervisor.ts';
import { expectFrom } from './expectation.ts';
import { generateFiles } from './generate.ts';
import { runTrackly } from './trackly.ts';
import { findDifferences } from './verify.ts';

export interface DemoResult {
  /** A key of the account that the demo created. */
  apiKey: string;
  summary: string;
  /** Differences between database and file; empty after a correct import. */
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

  say(`Writing a catalog, and a history of ${recordCount.toLocaleString('en')} records`);
  const files = await generateFiles(directory, recordCount, new Date());

  say('Loading the catalog');
  const account = `demo ${new Date().toISOString()}`;
  const apiKey = (await runTrackly(['keys', 'create', '--account', account])).split('\n').at(-1) ?? '';
  await runTrackly(['catalog', 'load', '--account', account, '--messages', files.messages, '--offers', files.offers]);
  const accountId = await deleteContacts(db, account, files.gone);

  say('Importing the history over HTTP');
  const now = ['--default', 'timestamp=now'];
  const summary = await runTrackly(['import', 'revenue', files.revenue, ...now, '--url', apiUrl, '--api-key', apiKey]);

  say('Comparing the database with the file');
  const differences = await findDifferences(db, accountId, await expectFrom(files));
  if (!url) say('Stopping everything');
  return { apiKey, summary, differences };
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

/** Deletes contacts, as a customer might before the import. Their messages stay. */
async function deleteContacts(db: Database, accountName: string, phoneNumbers: string[]): Promise<bigint> {
  const account = await db.account.findUniqueOrThrow({ where: { name: accountName } });
  const where = { accountId: account.id, contact: { phoneNumber: { in: phoneNumbers } } };
  await db.listContact.deleteMany({ where });
  return account.id;
}

function say(step: string): void {
  process.stdout.write(`▸ ${step}\n`);
}
