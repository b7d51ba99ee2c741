import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFile(path.join(root, file), 'utf8');

/** The settings that the processes read, by the sources that declare them. */
async function settingsInSource(): Promise<Set<string>> {
  const settings = new Set<string>();
  for await (const file of glob(['apps/*/src/config.ts', 'packages/runtime/src/settings.ts'], { cwd: root })) {
    for (const [, name = ''] of (await read(file)).matchAll(/^ +([A-Z][A-Z_]+): Type\./gm)) settings.add(name);
  }
  return settings;
}

test('the operations guide explains every setting, and none that is not there', async () => {
  const [, table = ''] = /## Settings\n(.*?)\n## /s.exec(await read('docs/operations.md')) ?? [];
  const explained = [...table.matchAll(/^\| (`[A-Z_`, ]+`)/gm)].flatMap(
    ([, cell = '']) => cell.match(/[A-Z_]{2,}/g) ?? [],
  );
  expect(new Set(explained)).toEqual(await settingsInSource());
});

test('.env.example has every setting, switched off', async () => {
  const lines = (await read('.env.example')).split('\n').filter((line) => line.includes('='));
  const offered = lines.flatMap((line) => /^#([A-Z_]+)=/.exec(line)?.[1] ?? []);
  expect(new Set(offered)).toEqual(await settingsInSource());
});
