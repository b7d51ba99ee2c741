import { randomBytes } from 'node:crypto';

import { acceptImport, kinds, readUsage, requestUndo } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';

import type { TestAccount } from '../support/catalog.ts';
import { checkedRecords } from '../support/checked-records.ts';
import { useLedger } from '../support/ledger.ts';
import { sizeOnDisk } from '../support/size-on-disk.ts';
import { addSender, LISTS, send } from './support.ts';

const TABLES = [
  'imports',
  'import_chunks',
  'sends_chunk_records',
  'messages',
  'contacts',
  'list_contacts',
  'import_fingerprints',
  'undo_chunks',
];
const IMPORTS = 20;
const RECORDS = 1_000;

const ledger = useLedger();

async function importOne(account: TestAccount, records: Record<string, unknown>[], isUndone: boolean): Promise<void> {
  const { db } = ledger();
  const chunk = { accountId: account.id, importId: uuidv7(), chunkIndex: 0 };
  const { spec } = kinds.sends;
  const chunks = [checkedRecords(spec, records)];
  const added = { ...chunk, kind: spec, requestId: 'test', recordCount: records.length, chunks, rejected: [] };
  await acceptImport(db, { ...added, virtualTime: 0 });
  await kinds.sends.saveChunk(db, chunk);
  if (!isUndone) return;
  const [undo] = await requestUndo(db, spec, { ...chunk, requestId: 'test', chunkSize: 1_000, virtualTime: 0 });
  await kinds.sends.undoChunk(db, { ...chunk, chunkIndex: undo?.chunkIndex ?? 0 }, 1);
}

async function storedBytes(account: TestAccount): Promise<number> {
  const [usage] = await readUsage(ledger().db, [account.id]);
  return usage?.storedBytes ?? 0;
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
let people = 0;
const mixes: [string, (index: number) => Record<string, unknown>][] = [
  ['messages of few contacts', (index) => send(hex(8), index % 50)],
  ['messages with long ids and types', (index) => send(hex(127), index % 50, { send_type: '😀'.repeat(64) })],
  [
    'messages of new contacts',
    () => ({ ...send(hex(8), 0), to_number: `+1${String((people += 1)).padStart(10, '0')}`, list_number: LISTS[0] }),
  ],
];

test.for(mixes)('the estimate of %s is a bit higher than what they take', async ([, make]) => {
  const account = await addSender(ledger().database.sql);
  const before = await sizeOnDisk(ledger().database.sql, TABLES);
  for (let done = 0; done < IMPORTS; done += 1) {
    await importOne(
      account,
      Array.from({ length: RECORDS }, (_, index) => make(index)),
      false,
    );
  }
  const taken = (await sizeOnDisk(ledger().database.sql, TABLES)) - before;
  const estimate = await storedBytes(account);
  expect(estimate / taken).toBeGreaterThan(1);
  expect(estimate / taken).toBeLessThan(2);
});

test('an undo gives back what the messages and the contacts took', async () => {
  const account = await addSender(ledger().database.sql);
  const records = (prefix: string) => Array.from({ length: 20 }, (_, index) => send(`${prefix}${index}`, index));
  await importOne(account, records('first'), true);
  const undone = await storedBytes(account);
  await importOne(account, records('second'), true);
  // The ledger has both, and none of the rows is left.
  expect(await storedBytes(account)).toBe(2 * undone);
});
