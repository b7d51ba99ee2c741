import { randomBytes } from 'node:crypto';

import { acceptImport, kinds, readUsage } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';

import { checkedRecords } from '../support/checked-records.ts';
import { useLedger } from '../support/ledger.ts';
import { sizeOnDisk } from '../support/size-on-disk.ts';
import { addLists, LIST } from './contacts.ts';

const TABLES = [
  'imports',
  'import_chunks',
  'contacts_chunk_records',
  'contacts',
  'list_contacts',
  'list_contact_details',
  'undo_chunks',
];
const IMPORTS = 20;
const RECORDS = 1_000;

const ledger = useLedger();

beforeEach(async () => {
  const { database, account } = ledger();
  await addLists(database.sql, account);
});

async function storedBytes(): Promise<number> {
  const { db, account } = ledger();
  const [usage] = await readUsage(db, [account.id]);
  return usage?.storedBytes ?? 0;
}

async function importOne(records: Record<string, unknown>[]): Promise<void> {
  const { db, account } = ledger();
  const { spec } = kinds.contacts;
  const chunk = { accountId: account.id, importId: uuidv7(), chunkIndex: 0 };
  const chunks = [checkedRecords(spec, records)];
  const added = { ...chunk, kind: spec, requestId: 'test', recordCount: records.length, chunks, rejected: [] };
  await acceptImport(db, { ...added, virtualTime: 0 });
  await kinds.contacts.saveChunk(db, chunk);
}

const number = (index: number) => ({ phone_number: `+1${String(index).padStart(10, '0')}`, list_number: LIST });
const mixes: [string, (index: number) => Record<string, unknown>][] = [
  ['contacts with nothing else', number],
  [
    'contacts with a few fields',
    (index) => ({ ...number(index), url: 'https://a.example', custom_fields: { name: 'Ada' } }),
  ],
  [
    'contacts with many fields',
    (index) => ({ ...number(index), custom_fields: { text: randomBytes(700).toString('hex') } }),
  ],
];

test.for(mixes)('the estimate of %s is a bit higher than what they take', async ([, make]) => {
  const before = await sizeOnDisk(ledger().database.sql, TABLES);
  for (let done = 0; done < IMPORTS; done += 1) {
    await importOne(Array.from({ length: RECORDS }, (_, index) => make(done * RECORDS + index)));
  }
  const taken = (await sizeOnDisk(ledger().database.sql, TABLES)) - before;
  const estimate = await storedBytes();
  expect(estimate / taken).toBeGreaterThan(1);
  expect(estimate / taken).toBeLessThan(2);
});
