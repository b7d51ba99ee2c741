import { expect, test } from 'vitest';

import { checkAccount, emptyAccount } from './line-account.ts';

test('an account that lacks a line of the file is an error', () => {
  const account = { ...emptyAccount(), header: 1, records: 2, continuation: 1 };
  expect(() => checkAccount('f', account, 4)).not.toThrow();
  expect(() => checkAccount('f', account, 5)).toThrow('f has 5 lines, but 4 of them were read as rows.');
});
