import { existsSync } from 'node:fs';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const manifest = path.join(import.meta.dirname, '../package.json');
const dist = path.join(import.meta.dirname, '../dist');
/** The workspace's package.json, while the package's is in its place. */
const kept = path.join(dist, 'workspace-package.json');

/** Puts the package's manifest in the place of the workspace's: npm packs the package.json that it finds. */
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
  // At once, so that there is a whole one at any time.
  await rename(next, manifest);
}

/** Puts the workspace's manifest back, if the package's is in its place, as after a pack that was interrupted. */
export async function restoreManifest(): Promise<void> {
  if (!existsSync(kept)) return;
  const isReplaced = !('private' in JSON.parse(await readFile(manifest, 'utf8')));
  await (isReplaced ? rename(kept, manifest) : rm(kept));
}
