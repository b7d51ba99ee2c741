import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test } from 'vitest';

import { bundle } from '../packaging/bundle.ts';
import { collectLicences } from '../packaging/licences.ts';

const SERVICE = /(@trackly|packages)\/(contract|db|queue|runtime|servers)\b|prisma|bullmq|\bajv\b|ioredis/i;
/** Not PG, the country. */
const DRIVER = /\bpg\b/;

test('the importer is one file that needs Node alone, with nothing of the service, and all licences', async () => {
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'trackly-bundle-'));
  cleanup.defer(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'trackly.js');
  const files = await bundle(file);
  expect(files).toContain(path.join(import.meta.dirname, 'importer.ts'));
  expect(files.filter((name) => SERVICE.test(name) || DRIVER.test(name))).toEqual([]);

  const text = await readFile(file, 'utf8');
  for (const service of [SERVICE, DRIVER]) expect(service.exec(text)).toBeNull();
  const code = text.replaceAll(/\/\*\*.*?\*\//gs, '');
  const imports = code.matchAll(/^import .*?["'](.*?)["'];?$|\b(?:import|require|__require)\(["'](.*?)["']\)/gm);
  const imported = [...imports].flatMap(([, name, required]) => name ?? required ?? []);
  expect(imported).toEqual(expect.arrayContaining(['node:zlib', 'node:events']));
  expect(imported.filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))).toEqual([]);

  const licences = await collectLicences(files);
  for (const name of ['commander', 'openapi-fetch', 'picocolors'])
    expect(licences).toMatch(new RegExp(`\n${name} \\d`));
  expect(licences.match(/Permission (is hereby granted|to use, copy)/g)).toHaveLength(
    licences.match(/^-{80}$/gm)?.length ?? 0,
  );
});
