import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,apps}/*/src/**/*.test.ts'],
          setupFiles: ['test/support/fast-check.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/**/*.test.ts'],
          setupFiles: ['test/support/fast-check.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          // Above what a loaded two-core machine needs: a test that comes near it is stuck.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // The files share one PostgreSQL server, which needs a core of its own.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
