/**
 * The crash test: worker processes are killed with SIGKILL at random moments while customers order and panels fail, and
 * in the end everything paid for must exist exactly once.
 *
 * `npm run crash -- --kills 200 --orders 100 --seed 7`
 */
import { parseArgs } from 'node:util';
import { setup } from '../global-setup.ts';
import { runCrashTest } from './crash-test.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    orders: { type: 'string', default: '100' },
    seed: { type: 'string', default: '7' },
    workers: { type: 'string', default: '2' },
  },
});
const count = (name: keyof typeof values) => {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1) {
    console.error(`--${name} must be a whole number above 0, not "${values[name]}".`);
    process.exit(2);
  }
  return number;
};

const tearDown = await setup();
try {
  const losses = await runCrashTest({
    kills: count('kills'),
    orders: count('orders'),
    seed: count('seed'),
    workers: count('workers'),
  });
  process.exitCode = losses === 0 ? 0 : 1;
} finally {
  await tearDown?.();
}
