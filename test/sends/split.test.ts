import { acceptImport, kinds, rejectRecord, splitChunk } from '@trackly/db';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';

import { chunksOf } from '@trackly/contract';
import { checkedRecords } from '../support/checked-records.ts';
import { useLedger } from '../support/ledger.ts';
import { addSender, readMessages, send } from './support.ts';

const ledger = useLedger();

async function accept(ids: readonly string[]) {
  const account = await addSender(ledger().database.sql);
  const ref = { accountId: account.id, importId: uuidv7() };
  const records = checkedRecords(
    kinds.sends.spec,
    ids.map((id, index) => send(id, index)),
  );
  const chunks = chunksOf(kinds.sends.spec, records, 1_000);
  const added = { kind: kinds.sends.spec, requestId: 'test', recordCount: ids.length, chunks, rejected: [] };
  await acceptImport(ledger().db, { ...ref, ...added, virtualTime: 0 });
  return { account, chunk: { ...ref, chunkIndex: 0 } };
}

/** The positions of the records of each chunk. */
async function readPositions(importId: string): Promise<number[][]> {
  const { rows } = await ledger().database.sql.query<{ positions: number[] }>(
    'SELECT record_indexes AS positions FROM import_chunks WHERE import_id = $1 ORDER BY chunk_index',
    [importId],
  );
  return rows.map(({ positions }) => positions);
}

test.each([
  {
    ids: ['a', 'b', 'c', 'd'],
    halves: [
      [0, 1],
      [2, 3],
    ],
  },
  { ids: ['a', 'b', 'b', 'c'], halves: [[0], [1, 2, 3]] },
  { ids: ['a', 'a', 'a', 'b'], halves: [[0, 1, 2], [3]] },
  {
    ids: ['b', 'a', 'b', 'a', 'b'],
    halves: [
      [0, 2, 4],
      [1, 3],
    ],
  },
  { ids: ['a', 'a', 'a'], halves: [[0], [1, 2]] },
])('a split leaves records with the same id together: $ids', async ({ ids, halves }) => {
  const { account, chunk } = await accept(ids);
  const second = await splitChunk(ledger().db, kinds.sends.spec, chunk);
  expect(await readPositions(chunk.importId)).toEqual(halves);

  // The halves may be saved in any order.
  for (const chunkIndex of [second?.chunkIndex ?? -1, 0]) {
    await kinds.sends.saveChunk(ledger().db, { ...chunk, chunkIndex });
  }
  if (new Set(ids).size === 1) return;
  const messages = await readMessages(ledger().database.sql, account);
  expect(messages.map(({ id, record_index: index }) => [id, index])).toEqual(
    [...new Set(ids)].toSorted().map((id) => [id, ids.indexOf(id)]),
  );
});

test('a record that cannot be saved is kept without the text', async () => {
  const { chunk } = await accept(['a']);
  await rejectRecord(ledger().db, kinds.sends.spec, chunk);
  const { rows } = await ledger().database.sql.query('SELECT rejected_records AS records FROM import_chunks');
  expect(rows).toEqual([
    {
      records: [
        {
          id: 'a',
          list_number: '+15550000001',
          to_number: '+15551000000',
          timestamp: '2025-01-01T00:00:00.000000Z',
        },
      ],
    },
  ]);
});
