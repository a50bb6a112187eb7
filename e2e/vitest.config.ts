import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.journey.ts'],
    globalSetup: ['demo-shop.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['verbose'],
    // A machine that also compiles something else is slow, and a journey is long.
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
