import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 120_000,
    // The default leaves one core idle, which is half of a small machine.
    maxWorkers: '100%',
    // No test changes what another reads, and loading the house again for each file costs three times the tests.
    isolate: false,
  },
});
