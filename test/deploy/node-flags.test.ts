import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { NODE_FLAGS } from '@trackly/runtime';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.for(['package.json', 'deploy/trackly'])('%s starts services with the flags for Node', async (file) => {
  const text = await readFile(path.join(root, file), 'utf8');
  const starts = text.match(/node .*server\.ts/g) ?? [];
  expect(starts).not.toEqual([]);
  for (const start of starts) expect(start).toContain(`node ${NODE_FLAGS.join(' ')} `);
});
