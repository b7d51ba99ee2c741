import { expect, onTestFinished, test, vi } from 'vitest';

import { readRunOptions } from './options.ts';
import { scenarios } from './scenarios/index.ts';

/** The scenarios that are chosen, each with where its queue is. */
function partsOf(...args: string[]): string[] {
  return readRunOptions(args).parts.map(({ scenario, queue }) => `${scenario.name}/${queue}`);
}

test('the long form runs everything with the queue in both places', () => {
  const all = scenarios.flatMap(({ name }) => [`${name}/postgres`, `${name}/redis`]);
  expect(partsOf('--long')).toEqual(all);
});

test('the short form runs each scenario that has one, and names of others are refused', () => {
  const short = new Set(partsOf().map((part) => part.split('/')[0]));
  expect([...short]).toEqual(scenarios.filter(({ shortOn }) => shortOn.length > 0).map(({ name }) => name));
  expect(partsOf().some((part) => part.endsWith('/redis'))).toBe(true);

  onTestFinished(() => void vi.restoreAllMocks());
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(() => readRunOptions(['--only', 'stalled-answers'])).toThrow('exit 2');
  expect(stderr.mock.calls.join('')).toContain("stalled-answers requires '--long'");
});

test('a scenario that is named runs where it is told to', () => {
  expect(partsOf('--only', 'reads,reports', '--queue', 'redis')).toEqual(['reports/redis', 'reads/redis']);
});
