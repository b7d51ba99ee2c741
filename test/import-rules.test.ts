import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const linter = path.join(root, 'node_modules/.bin/oxlint');

const forbidden = [
  ['packages/client/src/a.ts', `import { requestErrors } from '@trackly/contract';\nrequestErrors;`],
  ['packages/client/src/a.ts', `import { requestErrors } from '../../contract/src/index.ts';\nrequestErrors;`],
  ['packages/contract/src/a.ts', `import { createClient } from '@trackly/client';\ncreateClient;`],
  ['packages/contract/src/a.ts', `import { openDatabase } from '@trackly/db';\nopenDatabase;`],
  ['packages/db/src/a.ts', `import { openProducer } from '@trackly/queue';\nopenProducer;`],
  ['packages/db/src/a.ts', `import { createLogger } from '@trackly/runtime';\ncreateLogger;`],
  ['packages/db/src/a.ts', `import { Queue } from 'bullmq';\nQueue;`],
  ['packages/queue/src/a.ts', `import { openDatabase } from '@trackly/db';\nopenDatabase;`],
  ['packages/queue/src/a.ts', `import { PrismaPg } from '@prisma/adapter-pg';\nPrismaPg;`],
  ['packages/runtime/src/a.ts', `import { openProducer } from '@trackly/queue';\nopenProducer;`],
  ['packages/runtime/src/a.ts', `import { PrismaClient } from '../../db/src/generated/client.ts';\nPrismaClient;`],
  ['packages/queue/src/a.ts', `import { buildApp } from '@trackly/api';\nbuildApp;`],
  ['packages/queue/src/a.ts', `import { buildApp } from '../../../apps/api/src/app.ts';\nbuildApp;`],
  ['apps/api/src/a.ts', `import { runDemo } from '@trackly/stack';\nrunDemo;`],
  ['apps/api/src/a.ts', `import { config } from '../../worker/src/config.ts';\nconfig;`],
  ['apps/worker/src/a.ts', `import { Worker } from 'bullmq';\nWorker;`],
  ['apps/ops/src/a.ts', `import { Queue } from 'bullmq';\nQueue;`],
  ['apps/ops/src/a.ts', `import { buildApp } from '@trackly/api';\nbuildApp;`],
  ['apps/api/src/a.ts', `import { createBullBoard } from '@bull-board/api';\ncreateBullBoard;`],
  ['apps/worker/src/a.ts', `import type { Prisma } from '@prisma/client';\nexport type A = Prisma;`],
  ['apps/api/src/a.ts', `export const url = process.env['DATABASE_URL'];`],
] as const;

const allowed = [
  [
    'packages/client/src/a.ts',
    `import createFetchClient from 'openapi-fetch';\nimport type { paths } from './generated/openapi.ts';\nexport const a = createFetchClient<paths>;`,
  ],
  ['apps/cli/src/a.ts', `import { createClient } from '@trackly/client';\ncreateClient;`],
  ['packages/db/src/a.ts', `import { keysOf } from '@trackly/contract';\nimport '@prisma/client';\nkeysOf;`],
  [
    'packages/queue/src/a.ts',
    `import { Queue } from 'bullmq';\nimport { keysOf } from '@trackly/contract';\nQueue;\nkeysOf;`,
  ],
  [
    'apps/api/src/a.ts',
    `import { openDatabase } from '@trackly/db';\nimport { buildApp } from './app.ts';\nopenDatabase;\nbuildApp;`,
  ],
  ['apps/ops/src/a.ts', `import { createBullBoard } from '@bull-board/api';\ncreateBullBoard;`],
  ['apps/api/src/config.ts', `export const url = process.env['DATABASE_URL'];`],
] as const;

/** Lints one file as if it stood in the project; returns the rules that it breaks. */
async function brokenRules(file: string, code: string): Promise<string> {
  const project = await mkdtemp(path.join(tmpdir(), 'trackly-lint-'));
  try {
    await cp(path.join(root, '.oxlintrc.json'), path.join(project, '.oxlintrc.json'));
    await mkdir(path.join(project, path.dirname(file)), { recursive: true });
    await writeFile(path.join(project, file), code);
    const { stdout } = await run(linter, ['--format=json', '.'], { cwd: project }).catch((error: unknown) => {
      if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
      throw error;
    });
    return stdout;
  } finally {
    await rm(project, { recursive: true });
  }
}

describe('the import rules', () => {
  test.each(forbidden)('%s may not: %s', async (file, code) => {
    expect(await brokenRules(file, code)).toMatch(/no-restricted-imports|no-process-env/);
  });

  test.each(allowed)('%s may: %s', async (file, code) => {
    expect(await brokenRules(file, code)).not.toMatch(/no-restricted-imports|no-process-env/);
  });
});
