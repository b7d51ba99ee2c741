import { pino } from 'pino';
import { expect, test } from 'vitest';

import { logConnectionErrors } from './connection-errors.ts';

test('an error that keeps coming is logged every ten seconds, another one at once', () => {
  const lines: unknown[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  let time = 0;
  const log = logConnectionErrors(logger, () => time);
  for (time = 0; time <= 20_000; time += 1_000) log(new Error('refused'));
  log(new Error('reset'));
  expect(lines).toMatchObject([
    { err: { message: 'refused' } },
    { err: { message: 'refused' }, repeated: 9 },
    { err: { message: 'refused' }, repeated: 9 },
    { err: { message: 'reset' } },
  ]);
});
