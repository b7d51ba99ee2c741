import { readdir, readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

const STATEMENTS = new URL('statements/', import.meta.url);

test('every statement says its name, and no two have the same', async () => {
  const files = await readdir(STATEMENTS);
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, STATEMENTS), 'utf8')));
  const statements = texts.flatMap((text) => text.split(/\$(?:query|execute)Raw(?:<.*>)?`/).slice(1));
  const names = statements.map((statement) => /^\s*\/\* ([\w-]+) \*\//.exec(statement)?.[1]);
  expect(statements.length).toBeGreaterThan(10);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});
