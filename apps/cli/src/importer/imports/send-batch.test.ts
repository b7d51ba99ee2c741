import { expect, test } from 'vitest';

import { reply, useScript } from '../../../../../test/support/scripted-client.ts';
import { fileKinds } from '../kinds/index.ts';
import type { Batch } from './batches.ts';
import { checkNotices } from './explain.ts';
import { sendBatch } from './outcome.ts';

const { clientOf } = useScript();

const ROWS = 300;
const batch: Batch = {
  position: 0,
  hash: 'ab',
  rows: Array.from({ length: ROWS }, (_, index) => ({ line: index + 2, fields: {}, cells: [] })),
  records: Array.from({ length: ROWS }, () => ({ message_id: 'm', offer_id: 'o', revenue: '1' })),
  times: Array.from({ length: ROWS }, () => '2025-01-01T12:00:00Z'),
  rowOfRecord: Array.from({ length: ROWS }, (_, index) => index),
  rejections: [],
  fingerprints: [],
  bytes: 0,
};
const sending = { kind: 'revenue', name: 'n', spelling: 'n', again: false, dryRun: false } as const;

test('a warning is no rejected row, and its number is in the outcome', async () => {
  const errors = Array.from({ length: 101 }, (_, index) => ({ index, code: 'save_error', error: 'E', record: {} }));
  const warning = { index: 200, code: 'known', error: 'W', warning: true, record: null };
  const counts = { success_count: 0, error_count: errors.length, total_revenue: 0 };
  const client = await clientOf([
    reply(200, JSON.stringify({ ...counts, errors: errors.slice(0, 100) }), {
      'x-import-id': 'i',
      'import-notices': 'known=1',
    }),
    reply(200, JSON.stringify({ errors: [...errors, warning], next_cursor: null })),
  ]);
  const { outcome } = await sendBatch(client, batch, sending);
  expect(outcome).toMatchObject({
    imported: 0,
    rejected: [{ code: 'save_error', rows: [...errors.keys()] }],
    notices: { known: 1 },
  });
  expect(outcome).not.toHaveProperty('counts');

  // Nothing is to be done about it: the import goes on.
  const kind = { ...fileKinds.revenue, notices: { known: { what: 'there already' } } };
  checkNotices({ title: 'f', kind }, batch, outcome);
  const stopping = { ...kind, notices: { known: { what: 'odd', remedy: 'look' } } };
  expect(() => checkNotices({ title: 'f', kind: stopping }, batch, outcome)).toThrow('1 are odd: look.');
});
