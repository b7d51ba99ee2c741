import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { bundle } from './bundle.ts';
import { collectLicences } from './licences.ts';
import { replaceManifest, restoreManifest } from './manifest.ts';

const dist = path.join(import.meta.dirname, '../dist');

await restoreManifest();
await mkdir(dist, { recursive: true });
const files = await bundle(path.join(dist, 'trackly.js'));
await writeFile(path.join(dist, 'THIRD-PARTY.txt'), await collectLicences(files));
await replaceManifest();
