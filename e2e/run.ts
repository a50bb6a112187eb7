/**
 * `node e2e/run.ts [part of a file name …]`: the browser journeys, against a shop started as its owner would start it.
 * Needs Chromium, which CHROMIUM may name. Ends with 1 when a journey fails, after naming the picture of where it stood.
 */
import path from 'node:path';
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', process.argv.slice(2), {
  config: path.join(import.meta.dirname, 'vitest.config.ts'),
  watch: false,
});
await vitest.close();
