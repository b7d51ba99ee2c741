import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, test } from 'vitest';

import { root } from './manifests.ts';

test('the image has the Node that the tests run on, in an exact version, which can be replaced by a digest', async () => {
  const dockerfile = await readFile(path.join(root, 'deploy/Dockerfile'), 'utf8');
  const bases = dockerfile.matchAll(/^FROM (\S+)/gm).map(([, base]) => base);
  expect(new Set(bases)).toEqual(new Set(['$NODE_IMAGE']));
  expect(dockerfile).toContain(`\nARG NODE_IMAGE=node:${process.versions.node}-trixie-slim\n`);
});
