import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';

import { root } from './manifests.ts';

/** The names of all settings that a process takes, as the code has them. */
export async function knownSettings(): Promise<Set<string>> {
  const files = await Array.fromAsync(
    glob(['apps/*/src/config.ts', 'packages/runtime/src/settings.ts'], { cwd: root }),
  );
  const texts = await Promise.all(files.map((file) => readFile(path.join(root, file), 'utf8')));
  return new Set(
    texts
      .join('\n')
      .matchAll(/^ {2}([A-Z][A-Z_]+): Type\./gm)
      .map(([, name = '']) => name),
  );
}

/** What the image says for all containers: `ENV NAME=value …`. */
export async function imageEnvironment(): Promise<Record<string, string>> {
  const text = await readFile(path.join(root, 'deploy/Dockerfile'), 'utf8');
  const lines = text.matchAll(/^ENV (.*)$/gm).flatMap(([, pairs = '']) => pairs.split(' '));
  return Object.fromEntries(lines.map((pair) => pair.split('=')));
}
