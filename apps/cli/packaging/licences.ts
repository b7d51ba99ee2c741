import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Matches up to the innermost package folder of a path: packages can contain other packages. */
const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;
const LICENCE = /^(licen[cs]e|copying|notice)/i;

/**
 * Collects the licence texts of the packages that these files belong to.
 *
 * @throws Error if a package has no licence file
 */
export async function collectLicences(files: readonly string[]): Promise<string> {
  const folders = new Set(files.flatMap((file) => PACKAGE.exec(file) ?? []));
  const texts = await Promise.all([...folders].toSorted((a, b) => a.localeCompare(b)).map(licenceOf));
  return `trackly contains parts of these packages.\n\n${texts.join('\n\n')}`;
}

async function licenceOf(folder: string): Promise<string> {
  const manifest: Named = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const names = (await readdir(folder)).filter((file) => LICENCE.test(file));
  if (names.length === 0) throw new Error(`${folder} has no licence.`);
  const texts = await Promise.all(names.map((file) => readFile(path.join(folder, file), 'utf8')));
  return [`${'-'.repeat(80)}\n${manifest.name} ${manifest.version}`, ...texts.map((text) => text.trim())].join('\n\n');
}

interface Named {
  name: string;
  version: string;
}
