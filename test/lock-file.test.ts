import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

test('every package in the lock file has the hash that npm checks', async () => {
  const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const { packages }: { packages: Record<string, { link?: boolean; integrity?: string }> } = JSON.parse(
    await readFile(file, 'utf8'),
  );
  const installed = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
  expect(installed.length).toBeGreaterThan(100);
  expect(installed.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
});
