import type { ListedImport } from '@trackly/client';
import { expect, test } from 'vitest';

import { addUp, isCalled } from './named-imports.ts';

const listed: ListedImport = {
  import_id: 'i',
  kind: 'revenue',
  status: 'completed',
  dry_run: false,
  atomic: false,
  idempotency_key: null,
  record_count: 3,
  processed_count: 3,
  created_at: '2026-11-27T10:00:00.000Z',
  completed_at: '2026-11-27T10:00:01.000Z',
  success_count: 2,
  error_count: 1,
  total_revenue: '1.5',
};
const batch = { name: 'history.csv', spelling: 'history.csv', position: 0, hash: 'ab', import: listed };

test('adds up the batches of a name', () => {
  expect(addUp([batch, batch])).toMatchObject([
    { name: 'history.csv', kind: 'revenue', batches: 2, records: 6, imported: 4, rejected: 2, total_revenue: '3' },
  ]);
});

test('of a kind that only a later version of the service has, counts what every kind has', () => {
  const { total_revenue: _total, ...common } = listed;
  const later = Object.assign({}, batch, { import: Object.assign({}, common, { kind: 'contacts' }) });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const batches = [batch, later] as (typeof batch)[];
  expect(addUp(batches)).toMatchObject([
    { kind: 'revenue', total_revenue: '1.5' },
    { kind: 'contacts', batches: 1, records: 3, imported: 2, rejected: 1 },
  ]);
});

test.each([
  ['umsätze.csv', 'umsätze.csv'.normalize('NFD'), true],
  ['umsätze/1.csv', 'umsätze'.normalize('NFD'), true],
  ['umsätze.csv', 'umsatze.csv', false],
  ['shop/1.csv', 'shop', true],
  ['shopping', 'shop', false],
])('whether %j is called %j', (name, wanted, expected) => {
  expect(isCalled(name, wanted)).toBe(expected);
});
