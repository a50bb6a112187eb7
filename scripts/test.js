/**
 * `npm test`: everything there is to check, one step after the other, stopping at the first that fails.
 * `npm test -- lint unit` runs only the steps of these names.
 *
 * Plain JavaScript on purpose: any Node that can run `npm ci` can run this, and the steps get the Node that npm brought.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareBrowser } from './test/browser.js';
import { seconds } from './test/duration.js';
import { runStep } from './test/step.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = path.join(root, 'node_modules/.bin');

/** All of it; what takes longer is hung, or has grown too slow to be run often. */
const MOST_MINUTES = 34;

const otherPostgres = process.env.TEST_DATABASE_URL;
const environment = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`, NO_COLOR: '1' };
const embedded = { ...environment, TEST_DATABASE_URL: undefined };

/**
 * Name, title, commands, and the minutes after which a step counts as hung. What builds the web comes before what serves
 * it. Tests run on the embedded PostgreSQL; the journeys once more on the server that TEST_DATABASE_URL names.
 */
const STEPS = [
  { name: 'types', title: 'Types', minutes: 3, commands: ['tsc -p tsconfig.json'] },
  { name: 'lint', title: 'Lint and format', minutes: 2, commands: ['npm run lint'] },
  { name: 'imports', title: 'Imports point one way', minutes: 2, commands: ['npm run imports'] },
  { name: 'unused', title: 'Nothing unused', minutes: 2, commands: ['npm run unused'] },
  {
    name: 'generated',
    title: 'Generated files are in step with their sources',
    minutes: 3,
    commands: [
      'node scripts/write-openapi.ts --check',
      'node scripts/generate-database-types.ts --check',
      'node scripts/write-configuration.ts --check',
    ],
  },
  { name: 'build', title: 'Web application builds', minutes: 3, commands: ['npm run build'] },
  {
    name: 'unit',
    title: 'Tests: rules, verbs, API, journeys, module contracts',
    minutes: 14,
    commands: ['vitest run'],
  },
  {
    name: 'journeys',
    title: 'Journeys on the PostgreSQL of TEST_DATABASE_URL',
    minutes: 12,
    commands: ['vitest run journey.test'],
    environment,
    leftOut: otherPostgres ? undefined : 'TEST_DATABASE_URL is not set',
  },
  {
    name: 'crash',
    title: 'Workers killed at random: nothing lost, nothing doubled',
    minutes: 5,
    commands: ['npm run crash -- --kills 12 --orders 10 --seed 1'],
  },
  { name: 'browser', title: 'Browser journeys', minutes: 16, commands: ['node e2e/run.ts'], prepare: prepareBrowser },
];

process.exitCode = await main(process.argv.slice(2));

async function main(wanted) {
  const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`No step is called ${unknown.join(', ')}. Steps: ${STEPS.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  if (!existsSync(bin)) {
    console.error('Packages are missing. Run `npm ci` first.');
    return 2;
  }
  const startedAt = Date.now();
  for (const step of STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    console.log(`\n== ${step.title} (${step.name})`);
    if (step.leftOut) {
      console.log(`   left out: ${step.leftOut}`);
      continue;
    }
    const stepStartedAt = Date.now();
    const minutes = Math.min(step.minutes, MOST_MINUTES - (stepStartedAt - startedAt) / 60_000);
    const problem =
      (await step.prepare?.(environment)) ?? (await runStep({ environment: embedded, ...step, minutes }, { root }));
    if (problem) {
      console.error(`${problem}\n\n   FAILED after ${seconds(stepStartedAt)}. Again: npm test -- ${step.name}`);
      return 1;
    }
    console.log(`   passed in ${seconds(stepStartedAt)}`);
  }
  console.log(`\nAll passed in ${seconds(startedAt)}.`);
  return 0;
}
