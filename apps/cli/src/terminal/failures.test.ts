import { Command } from 'commander';
import { expect, test, vi } from 'vitest';

import { CommandError } from './command-error.ts';
import { describeFailure, throwUsageErrors } from './failures.ts';

test.each([
  [new CommandError('Do this.'), 'Do this.'],
  [new Error('\nInvalid `db.x()` invocation:\n\nTable y does not exist\n'), 'Table y does not exist'],
  [Object.assign(new Error(''), { code: 'ECONNREFUSED' }), expect.stringContaining('check DATABASE_URL')],
  [Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }), expect.stringContaining('that the servers are running')],
  ['thrown text', 'thrown text'],
])('%s becomes one line', (error, message) => {
  expect(describeFailure(error, 2)).toEqual({ message, exitCode: 2 });
});

test('a usage error is one line that names the help, printed once', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const program = new Command('trackly');
  program
    .command('go')
    .requiredOption('--to <place>', 'where')
    .action(() => undefined);
  throwUsageErrors(program);

  const error: unknown = await program.parseAsync(['go'], { from: 'user' }).catch((caught: unknown) => caught);
  expect(describeFailure(error, 1)).toEqual({ exitCode: 1 });
  expect(write.mock.calls).toEqual([
    [`trackly: Required option '--to <place>' not specified. See "trackly go --help".\n`],
  ]);
  write.mockRestore();
});
