import { existsSync } from 'node:fs';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const manifest = path.join(import.meta.dirname, '../package.json');
const dist = path.join(import.meta.dirname, '../dist');
/** Where the workspace's package.json is kept while the published one takes its place. */
const kept = path.join(dist, 'workspace-package.json');

/** Replaces the workspace's package.json with the one to publish: npm packs whatever package.json it finds. */
export async function replaceManifest(): Promise<void> {
  const published = {
    ...JSON.parse(await readFile(manifest, 'utf8')),
    private: undefined,
    bin: { trackly: 'dist/trackly.js' },
    dependencies: undefined,
  };
  await copyFile(manifest, kept);
  const next = path.join(dist, 'package.json');
  await writeFile(next, `${JSON.stringify(published, null, 2)}\n`);
  // A rename is atomic: there is a complete package.json at any time.
  await rename(next, manifest);
}

/** Restores the workspace's package.json if it is still replaced, for instance after an interrupted `npm pack`. */
export async function restoreManifest(): Promise<void> {
  if (!existsSync(kept)) return;
  const isReplaced = !('private' in JSON.parse(await readFile(manifest, 'utf8')));
  await (isReplaced ? rename(kept, manifest) : rm(kept));
}
