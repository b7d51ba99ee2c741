import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { modeOf, openOwnFile } from './own-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trackly-own-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, options: { appends?: boolean } = {}, mode = 0o600) {
  const file = path.join(folder, name);
  const handle = await openOwnFile(file, { mode, ...options });
  await handle.writeFile('new');
  await handle.close();
  return { text: await readFile(file, 'utf8'), mode: (await stat(file)).mode & 0o777 };
}

test('a file may be read by those who may read its source', async () => {
  const source = path.join(folder, 'source.csv');
  await writeFile(source, '', { mode: 0o640 });
  expect(await modeOf(source)).toBe(0o640);
  expect(await modeOf('-')).toBe(0o600);
  expect(await write('of-source', {}, await modeOf(source))).toEqual({ text: 'new', mode: 0o640 });
});

test('a file is written anew, or appended to', async () => {
  await writeFile(path.join(folder, 'old'), 'old');
  expect((await write('old')).text).toBe('new');
  expect((await write('old', { appends: true })).text).toBe('newnew');
});

test.each([{ appends: false }, { appends: true }])('a symbolic link is not followed: %j', async (options) => {
  const target = path.join(folder, 'target');
  await writeFile(target, 'untouched');
  await symlink(target, path.join(folder, 'link')).catch(() => undefined);
  await expect(write('link', options)).rejects.toThrow('link is a symbolic link, and is not written to');
  expect(await readFile(target, 'utf8')).toBe('untouched');
});
