import { expect, test } from 'vitest';

import { describeStop } from './stop.ts';

test('says that nothing was imported when that is certain', () => {
  const failure = { reason: 'No.', lines: { first: 2, last: 1001, mayBeImported: false } };
  expect(describeStop('f.csv', 1001, { records: 0, imported: 0, rejected: 0 }, [failure])).toBe(
    'No. Nothing was imported.',
  );
});

test('says what is certain, what is not, and where the rest begins', () => {
  const certain = { records: 2000, imported: 1990, rejected: 10 };
  const failures = [
    { reason: 'It broke.', lines: { first: 3002, last: 4001, mayBeImported: true } },
    { reason: 'It broke, too.', lines: { first: 1002, last: 2001, mayBeImported: true } },
    { reason: 'Refused.', lines: { first: 4002, last: 5001, mayBeImported: false } },
  ];
  expect(describeStop('f.csv', 5001, certain, failures)).toBe(
    'It broke. The import of f.csv stopped: 1,990 records certainly imported, 10 rejected; ' +
      'lines 1002 to 2001, 3002 to 4001 may be imported or not; lines 4002 to 5001 not imported; ' +
      'nothing after line 5001 was sent.',
  );
});

test('is not sure of a first request that broke', () => {
  const failure = { reason: 'It broke.', lines: { first: 2, last: 3, mayBeImported: true } };
  expect(describeStop('f.csv', 3, { records: 0, imported: 0, rejected: 0 }, [failure])).toContain(
    'lines 2 to 3 may be imported or not',
  );
});
