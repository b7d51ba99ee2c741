import { expect, test } from 'vitest';

import { printable } from './printable.ts';

test.each([
  ['\u001B]0;title\u0007', String.raw`\u001b]0;title\u0007`],
  ['\u009B2J', String.raw`\u009b2J`],
  ['a\rb', String.raw`a\u000db`],
  ['\u202Efdp.exe', String.raw`\u202efdp.exe`],
  ['\u007F', String.raw`\u007f`],
  ['Größe\t😀\n', 'Größe\t😀\n'],
])('%j is shown as %j', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('JSON stays the same JSON', () => {
  const value = { name: '\u001B[2J\u009B2J\u202E' };
  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
});
