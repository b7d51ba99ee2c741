import { Readable } from 'node:stream';

import { expect, test } from 'vitest';

import { readInput } from './open-input.ts';
import { readAll } from './test-input.ts';

/** Far more than can be read before a turn is due, on any machine. */
const MOST_PIECES = 5_000;

test.each([
  ['rows', 'a,b\n', '1,2\n', ''],
  ['blank lines', 'a,b\n', '\n', ''],
  ['blanks', '[{"a":1}', ' \n', ']'],
])('signals and answers have their turn among %s', async (_what, start, more, end) => {
  const turns = { count: 0 };
  const timer = setInterval(() => (turns.count += 1));
  function* pieces() {
    yield Buffer.from(start);
    const piece = Buffer.from(more.repeat(1_000));
    for (let sent = 0; turns.count === 0 && sent < MOST_PIECES; sent += 1) yield piece;
    yield Buffer.from(end);
  }
  const input = readInput({ name: 'f', totalBytes: undefined, stream: Readable.from(pieces()) });
  expect(await readAll(input)).not.toHaveProperty('reason');
  clearInterval(timer);
  expect(turns.count).toBeGreaterThan(0);
});
