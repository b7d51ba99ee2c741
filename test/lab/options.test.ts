import { expect, onTestFinished, test, vi } from 'vitest';

import { flag, oneOf, option, readOptions, someOf, wholeNumber } from './options.ts';

const options = {
  long: flag('run it longer'),
  chunkSize: option('n', 'records of a chunk', wholeNumber({ max: 16 }), 8),
  queue: option('name', 'where it is', oneOf(['postgres', 'redis'])),
  only: option('names', 'only these', someOf('colour', [{ name: 'red' }, { name: 'blue' }, { name: 'green' }])),
};

function read(...args: string[]) {
  return readOptions(args, { command: 'npm run it --', about: 'Does it.', options, appendix: 'Colours:\n  red' });
}

/** Reads what makes the process exit. @returns its exit code, and what it has printed */
function exitOf(...args: string[]) {
  onTestFinished(() => void vi.restoreAllMocks());
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockReturnValue(true),
  );
  expect(() => read(...args)).toThrow(/^exit \d$/);
  const textOf = (written: typeof stdout) => written?.mock.calls.map(([text]) => String(text)).join('');
  return { code: exit.mock.lastCall?.[0], stdout: textOf(stdout), stderr: textOf(stderr) };
}

test('options are read, or have their defaults', () => {
  expect(read()).toEqual({ long: false, chunkSize: 8, queue: undefined, only: undefined });
  expect(read('--long', '--chunk-size', '16', '--queue=redis', '--only', 'green,red')).toEqual({
    long: true,
    chunkSize: 16,
    queue: 'redis',
    only: [{ name: 'red' }, { name: 'green' }],
  });
});

test('help says all that there is', () => {
  const { code, stdout, stderr } = exitOf('--help');

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`Usage: npm run it -- [options]

Does it.

Options:
  --long            run it longer
  --chunk-size <n>  records of a chunk (default: 8)
  --queue <name>    where it is
  --only <names>    only these
  --help            print this help

Colours:
  red
`);
});

test.for([
  [['--short'], "unknown option '--short'"],
  [['long'], 'too many arguments'],
  [['--queue'], "option '--queue <name>' argument missing"],
  [['--queue', 'kafka'], 'It must be postgres or redis.'],
  [['--chunk-size', '17'], 'It must be a whole number, 1 to 16.'],
  [['--chunk-size', '1.5'], "option '--chunk-size <n>' argument '1.5' is invalid."],
  [['--only', 'red,pink'], 'There is no colour "pink".'],
] as const)('%j is wrong: %s', ([args, complaint]) => {
  const { code, stdout, stderr } = exitOf(...args);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(complaint);
  expect(stderr).toMatch(/\nSee --help\.\n$/);
});
