import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{sdk,server,modules,gateways,scripts,bench}/**/*.test.ts', // journeys are `*.journey.test.ts`
      'web/src/**/*.test.{ts,tsx}',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', 'e2e/**'],
    environment: 'node',
    globalSetup: ['server/test/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
