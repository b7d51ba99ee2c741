import { randomBytes } from 'node:crypto';

import { createChecks, keepRecords, MAX_KEPT_IMPORT_BYTES } from '@trackly/contract';
import { acceptImport, kinds, readUsage, requestUndo, tryChunk, type ImportSource } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';

import { useLedger } from '../support/ledger.ts';
import { sizeOnDisk } from '../support/size-on-disk.ts';

const TABLES = [
  'imports',
  'import_chunks',
  'revenue_chunk_records',
  'revenue_records',
  'import_fingerprints',
  'undo_chunks',
];

const ledger = useLedger();

const { spec } = kinds.revenue;
const { checkUnknown } = createChecks(spec);

interface Mix {
  records: () => unknown[];
  isDryRun?: boolean;
  isUndone?: boolean;
  isLong?: boolean;
  imports: number;
}

async function importOne({ records, isDryRun = false, isUndone = false, isLong = false }: Mix): Promise<void> {
  const { db, account } = ledger();
  const sent = records();
  const { checked, rejected } = checkUnknown(sent, Date.now());
  const chunks = checked.length > 0 ? [checked] : [];
  const chunk = { accountId: account.id, importId: uuidv7(), chunkIndex: 0 };
  const { rejected: kept } = keepRecords(spec, rejected, MAX_KEPT_IMPORT_BYTES);
  const long = (bytes: number) => randomBytes(bytes / 2).toString('hex');
  const source: ImportSource = {
    name: isLong ? long(200) : 'a.csv',
    fingerprints: Array.from({ length: isLong ? 200 : 2 }, () => randomBytes(16).toString('hex')),
    mayRepeat: false,
  };
  const requestId = isLong ? long(128) : uuidv7();
  const idempotency = { key: isLong ? long(254) : uuidv7(), requestHash: Uint8Array.from(randomBytes(32)) };
  const added = { ...chunk, kind: spec, requestId, recordCount: sent.length, chunks, rejected: kept, isDryRun };
  await acceptImport(db, { ...added, ...(!isDryRun && { idempotency, source }), virtualTime: 0 });
  if (isDryRun) await tryChunk(db, kinds.revenue, chunk, () => false);
  else if (chunks.length > 0) await kinds.revenue.saveChunk(db, chunk);
  if (!isUndone) return;
  await requestUndo(db, spec, { ...chunk, requestId: 'test', chunkSize: 1000, virtualTime: 0 });
  await kinds.revenue.undoChunk(db, chunk, 50);
}

const GOOD = { message_id: 'm0', offer_id: 'o0', revenue: 9_999_999_999.9999, payout: 9_999_999_999.9999 };
const noise = (bytes: number) => randomBytes(bytes / 2).toString('hex');
const times =
  <T>(count: number, make: () => T) =>
  () =>
    Array.from({ length: count }, make);

// As many of each as fill some hundred kilobytes, so that half-empty pages at the ends of files hardly count.
test.for<[string, Mix]>([
  ['tiny imports that are rejected', { imports: 500, records: times(1, () => ({})) }],
  ['imports with long keys, names and ids', { imports: 20, records: times(1, () => GOOD), isLong: true }],
  ['large records that are rejected', { imports: 5, records: times(1_000, () => ({ message_id: noise(2_500) })) }],
  [
    'records of unknown messages',
    { imports: 5, records: times(1_000, () => ({ ...GOOD, message_id: noise(254), offer_id: noise(254) })) },
  ],
  ['one record each', { imports: 400, records: times(1, () => GOOD) }],
  ['usual records', { imports: 20, records: times(1_000, () => ({ ...GOOD, revenue: 12.5, payout: null })) }],
  [
    'records with a long type',
    { imports: 20, records: times(1_000, () => ({ ...GOOD, revenue: 1, attribution_type: '😀'.repeat(64) })) },
  ],
  ['dry runs', { imports: 100, records: times(10, () => ({ ...GOOD, message_id: noise(254) })), isDryRun: true }],
  ['undone imports', { imports: 300, records: times(10, () => GOOD), isUndone: true }],
])('the estimate of %s is a bit higher than what they take', async ([, mix]) => {
  const { db, account } = ledger();
  const before = await sizeOnDisk(ledger().database.sql, TABLES);
  for (let done = 0; done < mix.imports; done += 1) await importOne(mix);
  const taken = (await sizeOnDisk(ledger().database.sql, TABLES)) - before;
  const [usage] = await readUsage(db, [account.id]);
  const estimate = usage?.storedBytes ?? 0;
  expect(estimate / taken).toBeGreaterThan(1);
  expect(estimate / taken).toBeLessThan(2);
});
