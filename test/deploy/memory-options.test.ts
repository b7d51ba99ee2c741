import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { MALLOC_ENV, NODE_FLAGS } from '@trackly/runtime';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.for(['package.json', 'deploy/trackly'])('%s starts services with the options for memory', async (file) => {
  const text = await readFile(path.join(root, file), 'utf8');
  const starts = text.split('\n').filter((line) => /\bnode .*server\.ts/.test(line));
  expect(starts).not.toEqual([]);
  for (const start of starts) {
    expect(start).toContain(`node ${NODE_FLAGS.join(' ')} `);
    for (const [name, value] of Object.entries(MALLOC_ENV)) expect(start).toContain(`${name}=${value} `);
  }
});
