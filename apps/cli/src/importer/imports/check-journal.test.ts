import { expect, test } from 'vitest';

import { fileKinds } from '../kinds/index.ts';
import { checkSameKind, goesOn, type Held } from './check-journal.ts';
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
    goesOn(
      { ...plan, name: 'a.csv', kind: fileKinds.revenue, options: { map: {}, default: given } },
      { ...journal, ...own },
      new Map(),
    );
  expect(check({}, {})()).toBe(true);
  expect(check({}, { timestamp: 'now' })).toThrow('The import "a.csv" was begun with another --default');
  expect(check({ isFormer: true }, {})()).toBe(true);
  expect(check({ isFormer: true }, { timestamp: 'now' })()).toBe(true);
  expect(check({ isFormer: true }, { timestamp: '2024-01-31' })).toThrow('was begun with another');
  expect(check({ isFormer: true }, { payout: '1' })).toThrow('was begun with another');
});

test('with other options, an import of which nothing was sent begins anew', () => {
  const unsent = { ...outcome, import_id: null, imported: 0, rejected: [{ code: 'c', error: 'e', rows: [0] }] };
  const other = { ...plan, name: 'a.csv', kind: fileKinds.revenue, options: { map: {}, default: { payout: '1' } } };
  const go = (outcomes: BatchOutcome[], held: Held = new Map(), isComplete = true) =>
    goesOn(other, { ...journal, outcomes: new Map(outcomes.map((each) => [each.position, each])), isComplete }, held);
  expect(go([])).toBe(false);
  expect(go([unsent])).toBe(false);

  // What is held may have been sent from elsewhere, or shortly before a crash.
  const elsewhere = new Map([[0, new Map([['ab', 'a.csv']])]]);
  expect(go([], elsewhere)).toBe(false);
  expect(() => go([unsent], elsewhere)).toThrow('was begun with another --default');
  expect(() => go([outcome, { ...unsent, position: 1 }])).toThrow('import its rejects file');
  // Until the import is complete, each run writes the file again.
  expect(() => go([outcome, { ...unsent, position: 1 }], new Map(), false)).toThrow(/under another --name\.$/);
  expect(() => go([outcome])).toThrow(/under another --name\.$/);
});
