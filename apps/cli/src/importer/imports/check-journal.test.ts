import { expect, test } from 'vitest';

import { fileKinds } from '../kinds/index.ts';
import { checkSameKind } from './check-journal.ts';
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
const plan = { file: 'a.csv', title: 'a.csv', journal: 'a.csv.journal', rejects: 'a.csv.rejects', options };

test('the journal of an import of one kind is not that of one of another, whatever the name', () => {
  const another = { ...fileKinds.revenue };
  for (const name of ['a.csv', 'b']) {
    const check = () => checkSameKind({ ...plan, name, kind: another }, journal);
    expect(check).toThrow('a.csv.journal belongs to an import of revenue: name another file with --journal.');
  }
  checkSameKind({ ...plan, name: 'a.csv', kind: fileKinds.revenue }, journal);
  checkSameKind({ ...plan, name: 'a.csv', kind: another }, { ...journal, outcomes: new Map() });
});
