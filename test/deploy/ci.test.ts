import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';
import { parse } from 'yaml';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

test('the workflow has a job for each part of .ci/run', async () => {
  const { stdout } = await run('bash', [path.join(root, '.ci/run'), '--help']);
  const part = Array.from(stdout.matchAll(/^ {2}(\w+) +npm /gm), ([, name]) => name);
  expect(part).toContain('test');
  const workflow: unknown = parse(await readFile(path.join(root, '.github/workflows/ci.yml'), 'utf8'));
  expect(workflow).toMatchObject({ jobs: { part: { strategy: { matrix: { part } } } } });
});
