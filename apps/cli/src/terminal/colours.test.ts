import { Command } from 'commander';
import { expect, test } from 'vitest';

import { colourHelp, toErrorLine } from './colours.ts';

const ESCAPE = '\u001B[';

test('an error is red where there are colours', () => {
  expect(toErrorLine('No.', { hasColors: () => true })).toBe(`${ESCAPE}31mtrackly:${ESCAPE}39m No.\n`);
  expect(toErrorLine('No.', { hasColors: () => false })).toBe('trackly: No.\n');
  // Something else than a terminal.
  expect(toErrorLine('No.', {})).toBe('trackly: No.\n');
  expect(toErrorLine(`${ESCAPE}2J`, {})).toBe('trackly: \\u001b[2J\n');
});

test.each([true, false])('help has colours, those of subcommands too: %s', (isColoured) => {
  let written = '';
  const program = new Command('trackly').exitOverride().configureOutput({
    writeOut: (text) => (written += text),
    getOutHasColors: () => isColoured,
  });
  program.command('import').option('--json', 'as JSON');
  colourHelp(program);
  expect(() => program.parse(['import', '--help'], { from: 'user' })).toThrow('(outputHelp)');
  expect(written.includes(`${ESCAPE}1mUsage:${ESCAPE}22m`)).toBe(isColoured);
  expect(written.includes(`${ESCAPE}36m--json${ESCAPE}39m`)).toBe(isColoured);
  expect(written).toContain('--json');
  expect(written.includes(ESCAPE)).toBe(isColoured);
});
