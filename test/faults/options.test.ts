import { expect, onTestFinished, test, vi } from 'vitest';

import { readRunOptions } from './options.ts';

/** What it says when it refuses to run. */
function refusalOf(...args: string[]): string {
  onTestFinished(() => void vi.restoreAllMocks());
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(() => readRunOptions(args)).toThrow('exit 2');
  return stderr.mock.calls.map(([text]) => String(text)).join('');
}

test('a scenario that is named and cannot run is not left out silently', () => {
  expect(refusalOf('--only', 'upgrade,flood')).toContain("require '--old <dir>'");
  expect(refusalOf('--only', 'redis-trouble', '--queue', 'postgres')).toContain('runs with the queue in postgres');
});

test('without names, all run that can', () => {
  const names = readRunOptions(['--queue', 'postgres']).scenarios.map(({ name }) => name);
  expect(names).toContain('flood');
  expect(names).not.toContain('upgrade');
  expect(readRunOptions(['--only', 'upgrade,flood', '--old', '.']).scenarios).toHaveLength(2);
});
