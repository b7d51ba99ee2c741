import { expect, test } from 'vitest';

import { fileKinds } from '../kinds/index.ts';
import { checkSameKind, checkSameOptions } from './check-journal.ts';
import type { Journal } from './journal.ts';
import type { BatchOutcome } from './outcome.ts';

const options = { map: {}, default: {} };
const outcome: BatchOutcome = {
  position: 0,
  hash: 'ab',
  rows: 1,
  import_id: 'i',
  imported: 1,
  totals: {},
  rejected: [],
};
const journal: Journal = {
  kind: fileKinds.revenue,
  name: 'a.csv',
  spelling: 'a.csv',
  options,
  outcomes: new Map([[0, outcome]]),
  isFormer: false,
  isComplete: false,
  soundBytes: 0,
};
const plan = {
  file: 'a.csv',
  title: 'a.csv',
  journal: 'a.csv.journal',
  rejects: 'a.csv.rejects',
  dryRunRejects: 'dry',
  options,
};

test('the journal of an import of one kind is not that of one of another, whatever the name', () => {
  const another = { ...fileKinds.revenue };
  for (const name of ['a.csv', 'b']) {
    const check = () => checkSameKind({ ...plan, name, kind: another }, journal);
    expect(check).toThrow('a.csv.journal belongs to an import of revenue: name another file with --journal.');
  }
  checkSameKind({ ...plan, name: 'a.csv', kind: fileKinds.revenue }, journal);
  checkSameKind({ ...plan, name: 'a.csv', kind: another }, { ...journal, outcomes: new Map() });
});

test('an import goes on with the same options, and one of a former version, too, although times must be given now', () => {
  const check = (own: Partial<Journal>, given: Record<string, string>) => () =>
    checkSameOptions(
      { ...plan, name: 'a.csv', kind: fileKinds.revenue, options: { map: {}, default: given } },
      { ...journal, ...own },
    );
  expect(check({}, {})).not.toThrow();
  expect(check({}, { timestamp: 'now' })).toThrow('The import "a.csv" was begun with another --default');
  expect(check({ isFormer: true }, {})).not.toThrow();
  expect(check({ isFormer: true }, { timestamp: 'now' })).not.toThrow();
  expect(check({ isFormer: true }, { timestamp: '2024-01-31' })).toThrow('was begun with another');
  expect(check({ isFormer: true }, { payout: '1' })).toThrow('was begun with another');
});
