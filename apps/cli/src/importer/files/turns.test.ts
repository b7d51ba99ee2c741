import { expect, test } from 'vitest';

import { inputOf, readAll } from './test-input.ts';

test.each([
  ['rows', 'a,b\n', '1,2\n', ''],
  ['blank lines', 'a,b\n', '\n', ''],
  ['blanks', '[{"a":1}', ' \n', ']'],
])('signals and answers have their turn among %s', async (_what, start, more, end) => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1));
  expect(await readAll(inputOf(start + more.repeat(500_000) + end))).not.toHaveProperty('reason');
  clearInterval(timer);
  expect(turns).toBeGreaterThan(0);
});
