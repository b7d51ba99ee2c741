import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { ImportRef } from '@trackly/contract';
import { acceptImport, countDrift, kinds, migrate, openDatabase, type Database } from '@trackly/db';
import { attachEmbeddedServer } from '@trackly/runtime';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';

import { option, readOptions, wholeNumber } from '../test/lab/options.ts';
import { countMessages } from '../test/support/catalog.ts';
import { checkedRecords } from '../test/support/checked-records.ts';

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<number> {
  const { seconds, callers, contacts, chunkSize } = readOptions(args, {
    command: 'node bench/duplicate-delivery.ts',
    about: `Saves chunks that are all delivered twice at the same time. Prints records per
second and errors, and compares contact stats with revenue rows.
Exits with 1 if a delivery fails or the numbers differ.`,
    options: {
      seconds: option('n', 'duration of the run in seconds', wholeNumber(), 60),
      callers: option('n', 'number of callers, each of which saves one chunk at a time', wholeNumber(), 8),
      contacts: option('n', 'number of contacts that the chunks are for', wholeNumber(), 200),
      chunkSize: option('n', 'number of records in each chunk', wholeNumber(), 1_000),
    },
  });
  await using resources = new AsyncDisposableStack();
  const directory = await mkdtemp(path.join(tmpdir(), 'trackly-bench-'));
  resources.defer(() => rm(directory, { recursive: true, force: true }));
  const server = await attachEmbeddedServer({ dataDir: directory });
  resources.defer(() => server.close());
  await migrate(server.url);
  await createCatalog(server.url, contacts);
  const db = openDatabase({ url: server.url, poolSize: callers * 2, applicationName: 'trackly-bench' });
  resources.defer(() => db.$disconnect());

  const deadline = Date.now() + seconds * 1000;
  const errors = new Map<string, number>();
  let saved = 0;
  let deliveries = 0;

  const deliver = async (ref: ImportRef) => {
    deliveries += 1;
    try {
      const chunk = await kinds.revenue.saveChunk(db, { ...ref, chunkIndex: 0 });
      if (chunk?.saved) saved += chunk.successCount;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      errors.set(text, (errors.get(text) ?? 0) + 1);
    }
  };
  const call = async () => {
    while (Date.now() < deadline) {
      const ref = await acceptChunk(db, contacts, chunkSize);
      await Promise.all([deliver(ref), deliver(ref)]);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: callers }, call));
  const elapsed = (performance.now() - startedAt) / 1000;

  const drift = await countDrift(db, '1');
  const rows = await db.revenueRecord.count();
  const failed = [...errors.values()].reduce((sum, count) => sum + count, 0);
  console.log({ callers, contacts, chunkSize, deliveries, saved, rows, recordsPerSecond: Math.round(saved / elapsed) });
  console.log({ drift, errors: failed, byText: Object.fromEntries(errors) });
  return drift === 0 && failed === 0 && rows === saved ? 0 : 1;
}

async function createCatalog(url: string, contacts: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`INSERT INTO accounts (name) VALUES ('bench')`);
  await client.query(`INSERT INTO sending_lists (account_id, list_number) VALUES (1, '15550')`);
  await client.query(
    `INSERT INTO contacts (account_id, phone_number) SELECT 1, '+1555' || lpad(n::text, 7, '0') FROM generate_series(1, ${contacts}) AS n`,
  );
  await client.query(
    `INSERT INTO list_contacts (account_id, sending_list_id, contact_id) SELECT 1, 1, id FROM contacts ORDER BY id`,
  );
  await client.query(
    `INSERT INTO messages (account_id, public_id, list_contact_id, sent_at)
     SELECT 1, 'm' || id, id, now() FROM list_contacts`,
  );
  await countMessages(client, '1');
  await client.query(
    `INSERT INTO offers (account_id, public_id, name) SELECT 1, 'o' || n, 'Offer' FROM generate_series(1, 500) AS n`,
  );
  await client.query('ANALYZE');
  await client.end();
}

async function acceptChunk(db: Database, contacts: number, chunkSize: number): Promise<ImportRef> {
  const ref = { accountId: '1', importId: uuidv7() };
  const records = Array.from({ length: chunkSize }, () => ({
    message_id: `m${randomInt(contacts) + 1}`,
    offer_id: `o${randomInt(500) + 1}`,
    revenue: randomInt(100_000) / 100,
    timestamp: '2025-11-15T16:00:00Z',
  }));
  await acceptImport(db, {
    ...ref,
    kind: kinds.revenue.spec,
    requestId: randomUUID(),
    recordCount: chunkSize,
    chunks: [checkedRecords(kinds.revenue.spec, records)],
    rejected: [],
    virtualTime: 0,
  });
  return ref;
}
