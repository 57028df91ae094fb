import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const shared = { globalSetup: ['test/build.setup.ts'], pool: 'forks' as const, env: { SILTSTONE_PROBE_CACHE: 'off' } };

export default defineConfig({
  test: {
    // Many a test waits for processes or disks: on two cores one worker would leave one of them idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          ...shared,
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.slow.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { ...shared, name: 'slow', include: ['test/**/*.slow.test.ts'], testTimeout: 20 * 60_000 } },
    ],
  },
});
