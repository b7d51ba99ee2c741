import path from 'node:path';

import { defineConfig } from 'vitest/config';

import { HANGS_AFTER_MS } from './test/support/limits.ts';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    // Importing a module does nothing, so files can share what others have imported.
    isolate: false,
    setupFiles: ['test/support/fast-check.ts'],
    unstubEnvs: true,
    // What waits inside a test gives up first, and says what it has waited for.
    testTimeout: 2 * HANGS_AFTER_MS,
    hookTimeout: 2 * HANGS_AFTER_MS,
    expect: { poll: { timeout: HANGS_AFTER_MS, interval: 20 } },
    // Processes that tests start find the modules compiled that others have imported.
    env: { NODE_COMPILE_CACHE: path.join(import.meta.dirname, 'node_modules/.cache/node') },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{packages,apps}/*/src/**/*.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          // The files share one PostgreSQL server, which needs a core of its own.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
